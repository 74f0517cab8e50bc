package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.TestImage;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One booted Debian, and everything that can be done with it; by subject in the classes named Cases. */
@ExtendWith(TestImage.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachineIT {

    private static final boolean MACHINED =
            System.getProperty("racker.test.plane", "direct").equals("machined");

    private TestImage image;
    private Container container;
    private Machine machine;

    @BeforeAll
    void boot(TestImage shared) {
        image = shared;
        container = image.boot(image.debian());
        machine = container.machine();
    }

    @AfterAll
    void end() {
        container.close();
        assertEquals(List.of(), image.leftovers());
    }

    @Test
    void the_guests_systemd_is_running() {
        CommandResult state = machine.run("systemctl", "is-system-running", "--wait");

        assertEquals(
                "running",
                state.text(),
                () -> machine.run("systemctl", "--failed", "--no-legend").text());
    }

    @Test
    void the_guest_knows_who_it_is() {
        assertTrue(machine.name().matches("postroj-debian-bookworm-[0-9a-f]{4}"), machine.name());
        assertEquals(machine.name(), machine.run("hostname").text());
        assertEquals(machine.name(), machine.run("cat", "/etc/hostname").text());
        assertTrue(machine.run("cat", "/etc/hosts").text().endsWith("\t" + machine.name()));
        String id = machine.run("cat", "/etc/machine-id").text();
        assertTrue(id.matches("[0-9a-f]{32}"), id);
        assertTrue(id.startsWith(container.record().shortId()), id);
    }

    @Test
    void root_inside_is_nobody_outside() {
        String map = machine.run("cat", "/proc/self/uid_map").text();

        assertEquals(List.of("0", "524288", "65536"), List.of(map.strip().split(" +")));
        assertEquals("0 0", machine.run("stat", "-c", "%u %g", "/").text());
    }

    @Test
    void a_payload_is_a_service_with_a_cgroup_of_its_own() {
        String cgroup = machine.run("cat", "/proc/self/cgroup").text();

        assertTrue(cgroup.contains("/system.slice/racker-payload-"), cgroup);
        assertFalse(cgroup.contains(container.record().shortId()), "the guest sees only its own cgroups: " + cgroup);
    }

    @Test
    void nothing_of_it_is_mounted_on_the_host() throws Exception {
        String mounts = Files.readString(Path.of("/proc/self/mountinfo"));

        assertFalse(mounts.contains(container.record().shortId()), mounts);
    }

    @Test
    void what_is_bound_is_seen_with_the_hosts_owners(@TempDir Path directory) throws Exception {
        Path odd = Files.createDirectory(directory.resolve("a:b\\c d"));
        Files.writeString(odd.resolve("file"), "bound");
        ContainerOptions options = ContainerOptions.defaults()
                .on(NetworkMode.NONE)
                .with(List.of(new Bind(odd, "/mnt/x:y", false), new Bind(odd, "/mnt/read only", true)));
        try (Container bound = image.boot(image.debian(), options)) {
            assertEquals("bound", bound.machine().run("cat", "/mnt/x:y/file").text());
            assertEquals(
                    "0 0",
                    bound.machine().run("stat", "-c", "%u %g", "/mnt/x:y/file").text());
            assertEquals(0, bound.machine().run("touch", "/mnt/x:y/new").status());
            assertEquals(0, Files.getAttribute(odd.resolve("new"), "unix:uid"));
            assertNotEquals(
                    0, bound.machine().run("touch", "/mnt/read only/new2").status());
        }
    }

    @Test
    void the_planes_name_for_it_is_known_to_machined_only() {
        String status = machine.runner()
                .run(dev.racker.harness.process.Command.of("machinectl", "show", machine.name())
                        .expectAny())
                .text();

        assertEquals(MACHINED, status.contains("Leader=" + machine.leader()), status);
    }

    @Nested
    class Start extends PayloadStartCases {
        Start() {
            super(machine);
        }
    }

    @Nested
    class End extends PayloadEndCases {
        End() {
            super(machine);
        }
    }

    @Nested
    class Copies extends GuestFilesCases {
        Copies() {
            super(machine);
        }
    }

    @Nested
    class Waits extends ReadinessCases {
        Waits() {
            super(machine);
        }
    }
}

package dev.racker.harness;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.LaunchingProgram.Point;
import dev.racker.harness.host.ControlPlaneKind;
import dev.racker.harness.host.Host;
import dev.racker.harness.machine.DirectPlane;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.MachineLauncher;
import dev.racker.harness.machine.MachinedPlane;
import dev.racker.harness.machine.Plane;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Machines that are booted before anybody asks for one. */
@ExtendWith(TestImage.Shared.class)
class StandbyIT {

    private static final String NAME = "standby:bookworm";
    private static final int CLAIMERS = 50;

    private final TestImage image;
    private final Standbys standbys;
    private final StoredImage debian;

    StandbyIT(TestImage image) {
        this.image = image;
        this.standbys = image.harness().standbys();
        image.debian();
        this.debian = image.harness()
                .images()
                .bootable(image.put(NAME, Boot.NATIVE, List.of(image.bootable())), Progress.none());
    }

    @AfterEach
    void nothing_is_left() {
        standbys.list().forEach(view -> standbys.remove(view.setting().image()));
        eventually("the end of all machines", () -> image.leftovers().isEmpty());
        image.harness().images().remove(NAME, false);
    }

    private List<Standby> wait(String name, int count, Duration idle) {
        return standbys.set(new StandbySetting(name, count, NetworkMode.BRIDGE, idle), Progress.none());
    }

    private Standby one() {
        return wait(NAME, 1, Duration.ZERO).get(0);
    }

    private Container launch() {
        return image.boot(image.harness().images().stored(NAME), ContainerOptions.defaults());
    }

    private int ready() {
        return standbys.list().get(0).ready().size();
    }

    private Path run(Standby standby) {
        return image.harness().store().paths().machineRun(ContainerRecord.shortId(standby.id()));
    }

    private void awaitEnd(Standby standby) throws Exception {
        Optional<ProcessHandle> supervisor =
                Leftovers.supervisorId(run(standby)).flatMap(ProcessHandle::of);
        if (supervisor.isPresent()) {
            supervisor.get().onExit().get(1, TimeUnit.MINUTES);
        }
        assertFalse(Leftovers.isSupervised(run(standby)));
    }

    @Test
    void a_container_takes_a_machine_that_waits_and_another_one_is_booted_for_the_next() {
        Standby waiting = one();
        Containers containers = image.harness().containers();
        assertEquals(List.of(), containers.list(), "what waits is nobody's container");
        assertThrows(NoSuchContainerException.class, () -> containers.get(waiting.name()));

        try (Container container = launch()) {
            assertEquals("Took the machine " + waiting.name() + ", which waited.", container.remark());
            assertEquals(waiting.name(), container.run("hostname").text());
            assertEquals(
                    "running", container.run("systemctl", "is-system-running").text());
            assertTrue(container.run("cat", "/proc/net/route").text().contains("eth0\t00000000"), "a way out");
            assertEquals(waiting.id(), containers.get(waiting.name()).id());
            assertEquals(0, ready());
        }

        assertFalse(Leftovers.isSupervised(run(waiting)));
        eventually("another machine", () -> ready() == 1);
        assertNotEquals(waiting.id(), standbys.list().get(0).ready().get(0).id());
    }

    @Test
    void whoever_has_booted_one_that_waits_has_no_child_that_it_would_have_to_wait_for() {
        String run = run(one()).toString();

        eventually(
                "letting go of it",
                () -> ProcessHandle.current()
                        .children()
                        .noneMatch(child -> Residue.commandLine(Path.of("/proc/" + child.pid()))
                                .contains(run)));
    }

    @Test
    void one_that_is_claimed_gets_the_limits_that_are_asked_for() {
        Standby waiting = one();
        Limits limits = new Limits(200L << 20, 200L << 20, 0, 0, 0, 0, 0, "", "", 60, 0);
        ContainerOptions options = ContainerOptions.defaults().limitedTo(limits);

        try (Container container = image.boot(image.harness().images().stored(NAME), options)) {
            assertEquals("Took the machine " + waiting.name() + ", which waited.", container.remark());
            if (image.harness().limits().unenforced(limits, List.of()).isEmpty()) {
                assertEquals(
                        137,
                        container
                                .run("dd", "if=/dev/zero", "of=/dev/null", "bs=300M", "count=1")
                                .status());
                assertTrue(container.machine().ranOutOfMemory());
            }
        }
        eventually("another machine", () -> ready() == 1);
    }

    @Test
    void one_that_cannot_have_the_limits_is_not_taken_and_ends() throws Exception {
        Standby waiting = one();
        StandbySetting setting = new StandbySetting(NAME, 1, NetworkMode.BRIDGE, Duration.ZERO);
        boolean enforced =
                image.harness().limits().unenforced(onProcessor("0"), List.of()).isEmpty();

        Optional<Container> claimed =
                claims().claim(setting, debian, ContainerOptions.defaults().limitedTo(onProcessor("1000")));

        assertTrue(claimed.isEmpty() || !enforced);
        claimed.ifPresent(Container::close);
        awaitEnd(waiting);
    }

    private static Limits onProcessor(String number) {
        return new Limits(0, 0, 0, 0, 0, 0, 0, number, "", 0, 0);
    }

    @Test
    void one_of_an_image_that_has_moved_is_discarded() throws Exception {
        Standby old = one();
        image.put(NAME, Boot.NATIVE, List.of(image.bootable(), image.layer(Map.of("etc/moved", "new\n"))));
        assertEquals(0, ready());

        try (Container container = launch()) {
            assertEquals("Booted a machine, because none that fits waits.", container.remark());
            assertEquals("new", container.run("cat", "/etc/moved").text());
        }

        awaitEnd(old);
    }

    @Test
    void options_that_a_booted_machine_cannot_have_boot_another_one() {
        Standby waiting = one();

        try (Container container =
                image.boot(debian, ContainerOptions.defaults().hostname("other"))) {
            assertTrue(container.remark().endsWith("host name already."), container.remark());
            assertEquals("other", container.run("hostname").text());
        }

        assertEquals(waiting, standbys.list().get(0).ready().get(0));
    }

    @Test
    void one_that_nobody_takes_expires() {
        Standby waiting = wait(NAME, 1, Duration.ofMillis(10)).get(0);

        eventually("its end", () -> image.leftovers().isEmpty());

        assertFalse(Leftovers.isSupervised(run(waiting)));
        assertEquals(1, standbys.list().size(), "what is wanted stays");
    }

    @Test
    void one_whose_supervisor_was_killed_goes_and_is_not_taken() {
        Standby waiting = one();

        long supervisor = Leftovers.supervisorId(run(waiting)).orElseThrow();
        eventually("that it is kept", () -> Files.exists(Path.of("/proc/" + supervisor + "/fd/8")));
        ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();
        eventually("its end", () -> image.leftovers().isEmpty());

        try (Container container = launch()) {
            assertEquals("Booted a machine, because none that fits waits.", container.remark());
        }
    }

    @Test
    void fifty_that_claim_at_once_never_share_one() throws Exception {
        StandbySetting setting = new StandbySetting(debian.name(), 3, NetworkMode.BRIDGE, Duration.ZERO);
        Set<String> waiting = new HashSet<>();
        standbys.set(setting, Progress.none()).forEach(standby -> waiting.add(standby.id()));

        List<Container> claimed = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLAIMERS);
        try {
            List<Callable<Optional<Container>>> claims = new ArrayList<>();
            for (int i = 0; i < CLAIMERS; i++) {
                claims.add(() -> claims().claim(setting, debian, ContainerOptions.defaults()));
            }
            for (Future<Optional<Container>> claim : threads.invokeAll(claims)) {
                claim.get().ifPresent(claimed::add);
            }
            Set<String> ids = new HashSet<>();
            for (Container container : claimed) {
                ids.add(container.record().id());
                assertEquals(0, container.run("true").status());
            }
            assertEquals(waiting, ids);
            assertEquals(3, claimed.size());
        } finally {
            threads.shutdown();
            claimed.forEach(Container::close);
        }
    }

    /** As another process would have them. */
    private StandbyClaims claims() {
        CommandRunner runner = new CommandRunner();
        Harness other = TestImage.open(image.directories(), runner);
        Host host = Host.local();
        boolean machined = host.controlPlane().kind() == ControlPlaneKind.MACHINED;
        Plane plane = machined ? new MachinedPlane(host) : new DirectPlane(Path.of("/"), host);
        return new StandbyClaims(
                other.store(),
                new MachineSpecs(other.store(), runner),
                other.mounts(),
                other.events(),
                new MachineLauncher(runner, plane),
                runner);
    }

    @Test
    void of_a_process_that_is_killed_after_its_claim_nothing_is_left() throws Exception {
        Standby waiting = wait(TestImage.DEBIAN, 1, Duration.ZERO).get(0);
        Command program = TestProgram.inStore(image.directories(), LaunchingProgram.class, "-", Point.PAYLOAD.name());
        try (RunningCommand running = new CommandRunner().start(program)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(running.stdout(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (!line.equals("at " + Point.PAYLOAD)) {
                assertFalse(line.contains("supervise.sh run"), "it boots one: " + line);
                line = lines.readLine();
            }
            assertEquals(List.of(), standbys.list().get(0).ready());
            assertTrue(Leftovers.isSupervised(run(waiting)));
            running.kill();
        }

        eventually("its end", () -> image.leftovers().isEmpty());
    }

    @Test
    void an_image_that_is_removed_takes_what_waits_along() {
        String name = "standby:removed";
        image.put(name, Boot.NATIVE, List.of(image.bootable()));
        Standby waiting = wait(name, 1, Duration.ZERO).get(0);

        assertEquals(
                "Untagged: " + name,
                image.harness().images().remove(name, false).get(0));

        assertEquals(List.of(), standbys.list());
        assertEquals(Optional.empty(), image.harness().store().containers().find(waiting.id()));
    }

    @Test
    void fewer_are_left_when_fewer_are_wanted() throws Exception {
        List<Standby> two = wait(NAME, 2, Duration.ZERO);

        assertEquals(List.of(), wait(NAME, 1, Duration.ZERO));

        awaitEnd(two.get(1));
        assertEquals(two.subList(0, 1), standbys.list().get(0).ready());
    }

    @Test
    void one_that_was_taken_can_be_kept() {
        one();
        ContainerRecord record;
        try (Container container = launch()) {
            record = container.record();
            container.machine().keep();
        }

        assertTrue(image.harness().containers().state(record).isRunning());
        image.harness().containers().remove(record, true);
        assertFalse(Leftovers.isSupervised(image.harness().store().paths().machineRun(record.shortId())));
    }
}

package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images without an init get one from their own package manager and the real mirror of their sources. */
@ExtendWith(TestImage.Shared.class)
class ProvisionIT {

    /** What Debian has had since release 13: without it, nothing is ever marked as done. */
    private static final Map<String, String> MARKS = Map.of(
            "usr/lib/systemd/systemd-update-done", "#!/bin/sh\nexec touch -r /usr /etc/.updated /var/.updated\n");

    private TestImage image;
    private Images images;
    private final List<String> work = new ArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public Task begin(String label, long total) {
            work.add(label);
            return Progress.none().begin(label, total);
        }

        @Override
        public void note(String line) {
            work.add(line);
        }
    };

    @BeforeEach
    void use(TestImage shared) {
        image = shared;
        images = image.harness().images();
    }

    @AfterEach
    void nothing_is_left() {
        assertEquals(List.of(), image.leftovers());
    }

    @Test
    void an_image_without_an_init_gets_one_once_for_all_images_of_the_same_layers() {
        // As images for application containers have it; mmdebstrap itself removes this file.
        LayerId ban = image.layer(Map.of("usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n"));
        StoredImage bare = image.put("bare:one", Boot.PENDING, List.of(image.bare(), ban));
        StoredImage twin = image.put("bare:two", Boot.PENDING, List.of(image.bare(), ban));

        StoredImage bootable = images.bootable(bare, progress);

        assertEquals(List.of("Installing systemd in " + bare.name()), work);
        assertEquals(Boot.LAYER, bootable.boot());
        assertEquals(
                bootable, image.harness().store().images().find(bare.name()).orElseThrow());
        try (Container container = image.boot(bootable)) {
            assertEquals(
                    "running",
                    container
                            .machine()
                            .run("systemctl", "is-system-running", "--wait")
                            .text());
            assertEquals(
                    1,
                    container
                            .machine()
                            .run("test", "-e", "/usr/sbin/policy-rc.d")
                            .status());
            assertEquals("", container.machine().run("ls", "/var/lib/apt/lists").text());
            assertEquals(
                    0,
                    container
                            .machine()
                            .run("test", "-S", "/run/dbus/system_bus_socket")
                            .status());
        }

        work.clear();
        assertEquals(bootable, images.bootable(bootable, progress));
        StoredImage second = images.bootable(twin, progress);

        assertEquals(bootable.bootLayer(), second.bootLayer());
        assertEquals(List.of(), work);
    }

    @Test
    void a_package_manager_that_fails_is_told_and_leaves_nothing() {
        LayerId sources = image.layer(Map.of(
                "etc/apt/sources.list", "deb file:/no/such/mirror bookworm main\n",
                "etc/apt/apt.conf.d/99test", "APT::Update::Error-Mode \"any\";\n"));
        StoredImage broken = image.put("bare:broken", Boot.PENDING, List.of(image.bare(), sources));
        int layers = image.harness().store().layers().list().size();

        HarnessException failure = assertThrows(HarnessException.class, () -> images.bootable(broken, progress));

        assertTrue(
                failure.getMessage().startsWith("Tried to install systemd in " + broken.name()), failure.getMessage());
        assertTrue(failure.getMessage().contains("/no/such/mirror"), failure.getMessage());
        assertEquals(layers, image.harness().store().layers().list().size());
        assertEquals(
                Boot.PENDING,
                image.harness()
                        .store()
                        .images()
                        .find(broken.name())
                        .orElseThrow()
                        .boot());
    }

    @Test
    void what_systemd_does_after_an_update_is_done_once_for_all_machines_of_an_image() {
        List<LayerId> layers = List.of(image.bootable(), image.layer(MARKS));
        StoredImage newer = image.put("native:one", Boot.NATIVE, layers);
        StoredImage twin = image.put("native:two", Boot.NATIVE, layers);

        StoredImage updated = images.bootable(newer, progress);

        assertEquals(List.of(), work);
        assertEquals(Optional.of(updated), image.harness().store().images().find(newer.name()));
        assertEquals(updated.bootLayer(), images.bootable(twin, progress).bootLayer());
        try (Container container = image.boot(updated)) {
            assertEquals("no", condition(container));
            // Who changes /usr gets it done at the next start, as anywhere.
            container.machine().run("touch", "/usr");
            container.machine().run("systemctl", "restart", "systemd-sysusers.service");
            assertEquals("yes", condition(container));
        }
    }

    private static String condition(Container container) {
        return container
                .machine()
                .run("systemctl", "show", "--value", "--property=ConditionResult", "systemd-sysusers.service")
                .text();
    }

    @Test
    void an_image_whose_programs_fail_after_an_update_boots_as_it_is() {
        LayerId broken = image.layer(Map.of("usr/bin/systemd-sysusers", "#!/bin/sh\ntouch /etc/begun\nexit 3\n"));
        StoredImage newer =
                image.put("native:broken", Boot.NATIVE, List.of(image.bootable(), image.layer(MARKS), broken));

        StoredImage updated = images.bootable(newer, progress);

        assertEquals(
                0,
                image.harness()
                        .store()
                        .layers()
                        .path(updated.bootLayer())
                        .toFile()
                        .list()
                        .length);
        try (Container container = image.boot(updated)) {
            assertEquals("yes", condition(container));
        }
    }

    @Test
    void an_image_that_has_lost_its_name_meanwhile_does_not_get_it_back() {
        StoredImage gone = image.put("native:gone", Boot.NATIVE, List.of(image.bootable()));
        image.harness().store().images().remove(gone.name());

        images.bootable(gone, progress);

        assertEquals(Optional.empty(), image.harness().store().images().find(gone.name()));
    }

    @Test
    void an_image_without_a_package_manager_is_told() {
        LayerId nothing = image.layer(Map.of("usr/bin/apt-get", "-> /no/such/program"));
        StoredImage broken = image.put("bare:nothing", Boot.PENDING, List.of(image.bare(), nothing));

        HarnessException failure = assertThrows(HarnessException.class, () -> images.bootable(broken, progress));

        assertTrue(failure.getMessage().contains("none of apt-get, dnf"), failure.getMessage());
    }
}

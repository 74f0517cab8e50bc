package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.ContainerOptions;
import dev.racker.harness.TestImage;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Machines that do not become ready, and what is told of why. */
@ExtendWith(TestImage.Shared.class)
class FailedBootIT {

    private static final ContainerOptions OFFLINE = ContainerOptions.defaults().on(NetworkMode.NONE);

    private final TestImage image;

    FailedBootIT(TestImage image) {
        this.image = image;
    }

    @AfterEach
    void nothing_is_left() {
        assertEquals(List.of(), image.leftovers());
    }

    @Test
    void an_init_that_ends_is_a_failed_boot_whose_console_is_kept() throws IOException {
        StoredImage broken = image.changed(
                "broken:init", Map.of("usr/lib/systemd/systemd", "#!/bin/sh\necho this init is broken\nexit 1\n"));

        BootFailedException failure = assertThrows(BootFailedException.class, () -> image.boot(broken, OFFLINE));

        assertTrue(failure.getMessage().contains("ended before it was ready"), failure.getMessage());
        assertTrue(failure.getMessage().contains("this init is broken"), failure.getMessage());
        assertTrue(console(failure).contains("this init is broken"), "the console that is kept");
    }

    @Test
    void a_boot_for_which_the_host_has_no_inotify_instances_left_names_the_limit() {
        StoredImage starved = image.changed(
                "starved:init",
                Map.of(
                        "usr/lib/systemd/systemd",
                        "#!/bin/sh\necho Failed to create inotify object: Too many open files\nexec sleep 600\n"));

        // Long before its time is up.
        BootFailedException failure = assertTimeout(
                Duration.ofSeconds(60),
                () -> assertThrows(
                        BootFailedException.class,
                        () -> image.boot(starved, OFFLINE.bootWithin(Duration.ofMinutes(5)))));

        assertTrue(failure.getMessage().contains("no inotify instances left"), failure.getMessage());
        assertEquals(
                "Raise the host's limit: sysctl -w fs.inotify.max_user_instances=1024",
                failure.hint().orElseThrow());
    }

    @Test
    void a_boot_that_hangs_is_told_with_failed_units_jobs_and_journal() throws IOException {
        StoredImage hanging = image.changed(
                "hanging:boot",
                Map.of(
                        "etc/systemd/system/hangs.service",
                        "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'sleep 2; echo waiting for nothing; exec sleep 600'\n",
                        "etc/systemd/system/fails.service",
                        "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo it is me who fails; exit 3'\n",
                        "etc/systemd/system/multi-user.target.wants/hangs.service",
                        "-> /etc/systemd/system/hangs.service",
                        "etc/systemd/system/multi-user.target.wants/fails.service",
                        "-> /etc/systemd/system/fails.service"));

        BootFailedException failure = assertThrows(
                BootFailedException.class, () -> image.boot(hanging, OFFLINE.bootWithin(Duration.ofSeconds(6))));

        String message = failure.getMessage();
        assertTrue(message.contains("not ready after 6 s"), message);
        assertTrue(message.contains("Failed units:\n  fails.service"), message);
        assertTrue(message.contains("hangs.service"), message);
        assertTrue(message.contains("waiting for nothing"), message);
        assertTrue(console(failure).contains("fails.service"), "the console that is kept");
    }

    @Test
    void a_deadline_that_passes_before_there_is_an_init_is_a_failed_boot() {
        BootFailedException failure = assertThrows(
                BootFailedException.class, () -> image.boot(image.debian(), OFFLINE.bootWithin(Duration.ofMillis(1))));

        assertTrue(failure.getMessage().contains("not ready after"), failure.getMessage());
    }

    @Test
    void a_kept_container_whose_boot_failed_keeps_its_console() throws IOException {
        StoredImage broken = image.changed(
                "broken:init", Map.of("usr/lib/systemd/systemd", "#!/bin/sh\necho this init is broken\nexit 1\n"));

        BootFailedException failure = assertThrows(
                BootFailedException.class,
                () -> image.boot(broken, OFFLINE.named("broken").kept()));

        assertTrue(console(failure).contains("this init is broken"));
        image.remove("broken");
    }

    private static String console(BootFailedException failure) throws IOException {
        String hint = failure.hint().orElseThrow();
        Path kept = Path.of(hint.substring(hint.indexOf('/'), hint.length() - 1));
        String text = Files.readString(kept);
        Files.delete(kept);
        return text;
    }
}

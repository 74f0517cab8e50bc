package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is noted about machines that wait, and what is wanted of them. */
class StandbyTest {

    private static final LayerId LAYER = LayerId.ofRecipe("one");
    private static final StandbySetting SETTING =
            new StandbySetting("debian:bookworm", 2, NetworkMode.BRIDGE, Duration.ofMinutes(90));
    private static final Standby STANDBY = new Standby(
            "0123456789abcdef",
            "postroj-debian-bookworm-0123",
            "debian:bookworm",
            List.of(LAYER),
            NetworkMode.BRIDGE,
            Duration.ofMinutes(90),
            "boot 1",
            Instant.ofEpochMilli(1_700_000_000_123L));

    @TempDir
    private Path root;

    @Test
    void what_was_written_is_read() {
        assertEquals(STANDBY, Standby.fromJson(STANDBY.toJson()));
        assertEquals(SETTING, StandbySetting.fromJson(SETTING.toJson()));
    }

    @Test
    void one_fits_as_long_as_image_host_and_wishes_are_the_same() {
        StoredImage image = image(LAYER);

        assertTrue(STANDBY.fits(SETTING, image, "boot 1"));
        assertFalse(STANDBY.fits(SETTING, image(LayerId.ofRecipe("two")), "boot 1"), "the image has moved");
        assertFalse(STANDBY.fits(SETTING, image, "boot 2"), "the host was started anew");
        assertFalse(STANDBY.fits(
                new StandbySetting("debian:bookworm", 2, NetworkMode.NONE, Duration.ofMinutes(90)), image, "boot 1"));
        assertFalse(STANDBY.fits(
                new StandbySetting("debian:bookworm", 2, NetworkMode.BRIDGE, Duration.ZERO), image, "boot 1"));
    }

    private static StoredImage image(LayerId layer) {
        return new StoredImage(
                "debian:bookworm",
                "debian:bookworm",
                Digest.parse("sha256:" + "0".repeat(64)),
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                List.of(layer),
                ImageConfig.empty(),
                "archive",
                Platform.parse("linux/amd64"),
                "debian",
                Boot.NATIVE,
                null);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, StandbySetting.MOST + 1})
    void there_are_not_too_many(int count) {
        HarnessException failure = assertThrows(
                HarnessException.class,
                () -> new StandbySetting("debian", count, NetworkMode.BRIDGE, StandbySetting.DEFAULT_IDLE));

        assertEquals("Tried to let " + count + " machines of debian wait, but it can be 1 to 8.", failure.getMessage());
    }

    @Test
    void none_waits_on_the_hosts_network() {
        assertThrows(
                HarnessException.class,
                () -> new StandbySetting("debian", 1, NetworkMode.HOST, StandbySetting.DEFAULT_IDLE));
    }

    @Test
    void a_boot_and_other_name_servers_make_another_host_of_it() throws Exception {
        Path boot = root.resolve("proc/sys/kernel/random/boot_id");
        Files.createDirectories(boot.getParent());
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(boot, "one\n");
        HostState host = new HostState(root);
        String without = host.text();

        Files.writeString(root.resolve("etc/resolv.conf"), "nameserver 192.0.2.1\n");
        String with = host.text();
        Files.writeString(boot, "two\n");

        assertNotEquals(without, with);
        assertNotEquals(with, host.text());
        Files.writeString(boot, "one\n");
        assertEquals(with, host.text());
    }
}

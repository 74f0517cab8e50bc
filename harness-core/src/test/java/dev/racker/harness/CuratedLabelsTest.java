package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.acquire.CuratedRelease.Provisioning;
import dev.racker.harness.acquire.CuratedRelease.Support;
import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.host.Host;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CuratedLabelsTest {

    private Store store;
    private Images images;
    private int asked;

    @BeforeEach
    void open(@TempDir Path directory) {
        StateDirectories directories =
                new StateDirectories(directory.resolve("state"), directory.resolve("cache"), directory.resolve("run"));
        Harness harness = Harness.open(directories, new CommandRunner(), Host.local(), () -> {
            asked++;
            return catalogue();
        });
        store = harness.store();
        images = harness.images();
    }

    @Test
    void all_labels_of_a_release_are_one_image() {
        assertEquals("debian-bookworm", images.reference("debian-12").toString());
        assertEquals("debian-bookworm", images.reference("debian-bookworm").toString());
    }

    @Test
    void what_is_in_the_store_is_named_without_the_catalogue() {
        put("debian-bookworm");
        put("debian-12");

        assertEquals("debian-bookworm", images.reference("debian-bookworm").toString());
        assertEquals("debian-12", images.reference("debian-12").toString());
        assertEquals(0, asked);
    }

    @Test
    void what_is_no_label_is_an_image_of_a_registry() {
        assertEquals(
                "docker.io/library/debian-20:latest",
                images.reference("debian-20").toString());
    }

    private void put(String name) {
        store.images()
                .put(new StoredImage(
                        name,
                        name,
                        Digest.sha256("0".repeat(64)),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        1,
                        List.of(LayerId.ofRecipe(name)),
                        ImageConfig.empty(),
                        "bootstrap",
                        Platform.parse("linux/amd64"),
                        "debian",
                        Boot.NATIVE,
                        null));
    }

    private static CuratedReleases catalogue() {
        CuratedRelease release = new CuratedRelease(
                "debian-bookworm",
                List.of("debian-12"),
                "debian",
                List.of(),
                "Debian",
                "bookworm",
                "12",
                null,
                Support.TESTED,
                "",
                List.of(),
                List.of(new Bootstrap("bookworm", "minbase", List.of(), List.of())),
                Provisioning.usual());
        return new CuratedReleases() {
            @Override
            public Optional<CuratedRelease> byLabel(String label) {
                return release.labels().contains(label) ? Optional.of(release) : Optional.empty();
            }

            @Override
            public Optional<CuratedRelease> byReference(RegistryReference reference) {
                return Optional.empty();
            }
        };
    }
}

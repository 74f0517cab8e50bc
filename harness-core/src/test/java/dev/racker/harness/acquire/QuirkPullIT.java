package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.acquire.CuratedRelease.Provisioning;
import dev.racker.harness.acquire.CuratedRelease.Registry;
import dev.racker.harness.acquire.CuratedRelease.Support;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that boots by itself and yet wants something done to it: a release with a quirk. */
class QuirkPullIT {

    private static final RegistryOptions OPTIONS = new RegistryOptions(false, null, null, null);

    @TempDir
    Path temporary;

    @Test
    void an_image_with_an_init_is_provisioned_when_its_release_has_a_quirk() throws IOException {
        Path tree = PullFixture.tree(
                temporary.resolve("tree"), "usr/lib/systemd/systemd", "", "usr/bin/dbus-daemon", "", "etc/x", "");
        for (String program : List.of("usr/lib/systemd/systemd", "usr/bin/dbus-daemon")) {
            Files.setPosixFilePermissions(tree.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        TestLayout layout = new TestLayout(temporary.resolve("layout"));
        layout.image("1", "amd64", new TestLayout.Layer(tree));
        try (LoopbackRegistry registry = LoopbackRegistry.plain(temporary)) {
            registry.push(layout.directory(), "1", "init:1");
            String name = registry.host() + "/init:1";

            assertEquals(Boot.NATIVE, pull("plain", name, List.of()));
            assertEquals(Boot.PENDING, pull("quirk", name, List.of("archived-mirror")));
        }
    }

    private Boot pull(String store, String name, List<String> quirks) {
        return new PullFixture(temporary.resolve(store), knowing(name, quirks))
                .pull(name, OPTIONS)
                .image()
                .boot();
    }

    private static CuratedReleases knowing(String name, List<String> quirks) {
        RegistryReference reference = (RegistryReference) ImageReference.parse(name);
        CuratedRelease release = new CuratedRelease(
                "test-1",
                List.of(),
                "test",
                List.of(),
                "Test",
                "",
                "1",
                null,
                Support.UNTRIED,
                "",
                List.of(reference),
                List.of(new Registry(reference)),
                new Provisioning(List.of(), quirks));
        return new CuratedReleases() {
            @Override
            public Optional<CuratedRelease> byLabel(String label) {
                return Optional.empty();
            }

            @Override
            public Optional<CuratedRelease> byReference(RegistryReference asked) {
                return asked.equals(reference) ? Optional.of(release) : Optional.empty();
            }
        };
    }
}

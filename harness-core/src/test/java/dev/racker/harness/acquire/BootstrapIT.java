package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.acquire.CuratedRelease.Provisioning;
import dev.racker.harness.acquire.CuratedRelease.Registry;
import dev.racker.harness.acquire.CuratedRelease.Support;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.Platform;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes real systems with mmdebstrap, from the mirror that mmdebstrap takes by itself. */
class BootstrapIT {

    private static final String NAME = "no-such-host.invalid/library/debian:bookworm-slim";
    private static final RegistryOptions OPTIONS = RegistryOptions.defaults();

    @TempDir
    Path temporary;

    @Test
    void an_image_whose_registry_cannot_be_reached_is_made_from_packages_and_boots_by_itself() throws IOException {
        PullFixture fixture = new PullFixture(temporary, releases("bookworm"));

        PullResult made = fixture.pull(NAME, OPTIONS);
        PullResult again = fixture.pull(NAME, OPTIONS);

        StoredImage image = made.image();
        assertTrue(made.isNew());
        assertEquals("bootstrap", image.source());
        assertEquals(NAME, image.name());
        assertEquals("debian", image.family());
        assertEquals(StoredImage.Boot.NATIVE, image.boot());
        assertEquals(List.of("bash"), image.config().cmd());
        Path tree = fixture.store.layers().path(image.layers().get(0));
        assertFalse(Files.exists(tree.resolve("etc/hostname"), LinkOption.NOFOLLOW_LINKS));
        assertFalse(Files.exists(tree.resolve("etc/resolv.conf"), LinkOption.NOFOLLOW_LINKS));
        assertTrue(Files.isSymbolicLink(tree.resolve("bin")), "merged /usr");
        assertEquals(524288, Files.getAttribute(tree.resolve("usr/bin/bash"), "unix:uid"));
        assertEquals(
                "The registry no-such-host.invalid cannot be reached (no such host); making "
                        + "no-such-host.invalid/library/debian:bookworm-slim from the package mirror of Debian instead.",
                fixture.notes.get(0));
        assertEquals(PullResult.Outcome.UP_TO_DATE, again.outcome());
        assertTrue(fixture.notes.get(1).contains("keeping the image made from packages on"), fixture.notes.get(1));
        assertEquals(List.of(), fixture.leftovers());
    }

    @Test
    void a_suite_that_the_mirror_has_not_is_told_and_leaves_nothing() throws IOException {
        PullFixture fixture = new PullFixture(temporary, releases("no-such-suite"));

        SourceException e = assertThrows(
                SourceException.class, () -> fixture.pull(NAME, OPTIONS, Platform.host(), SourceChoice.BOOTSTRAP));

        assertTrue(e.getMessage().contains("no-such-suite"), e.getMessage());
        assertEquals(List.of(), fixture.leftovers());
        assertTrue(fixture.store.images().list().images().isEmpty());
    }

    @Test
    void who_asks_for_the_registry_gets_its_failure() {
        PullFixture fixture = new PullFixture(temporary, releases("bookworm"));

        RegistryException e = assertThrows(
                RegistryException.class, () -> fixture.pull(NAME, OPTIONS, Platform.host(), SourceChoice.REGISTRY));

        assertTrue(e.isUnreachable());
        assertEquals(List.of(), fixture.notes);
    }

    @Test
    void another_platform_is_not_made_from_packages() {
        PullFixture fixture = new PullFixture(temporary, releases("bookworm"));
        Platform other = Platform.parse(Platform.host().architecture().equals("arm64") ? "linux/amd64" : "linux/arm64");

        assertThrows(RegistryException.class, () -> fixture.pull(NAME, OPTIONS, other, SourceChoice.AUTO));
    }

    private static CuratedReleases releases(String suite) {
        RegistryReference reference = (RegistryReference) ImageReference.parse(NAME);
        CuratedRelease release = new CuratedRelease(
                "debian-bookworm",
                List.of(),
                "debian",
                List.of(),
                "Debian",
                "bookworm",
                "12",
                null,
                Support.TESTED,
                "",
                List.of(reference),
                List.of(
                        new Registry(reference),
                        new Bootstrap(
                                suite,
                                "minbase",
                                List.of("systemd", "systemd-sysv", "dbus", "usr-is-merged"),
                                List.of("--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr"))),
                new Provisioning(List.of(), List.of()));
        return new CuratedReleases() {
            @Override
            public Optional<CuratedRelease> byLabel(String label) {
                return label.equals("debian-bookworm") ? Optional.of(release) : Optional.empty();
            }

            @Override
            public Optional<CuratedRelease> byReference(RegistryReference asked) {
                return asked.equals(reference) ? Optional.of(release) : Optional.empty();
            }
        };
    }
}

package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.TestImage;
import dev.racker.harness.distribution.PackageRequest.LocalFile;
import dev.racker.harness.distribution.PackageRequest.Named;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The apt of other releases of Debian says what bookworm's says, or something else that is understood too. */
@ExtendWith(TestImage.Shared.class)
class DebianReleasesIT {

    private static final String[] AFTER_AN_UPDATE = {
        "show", "--value", "--property=ConditionResult", "systemd-update-done.service"
    };

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bullseye", "trixie", "testing", "sid"})
    void a_release_installs_removes_and_tells_why_it_cannot(String suite, TestImage image) throws IOException {
        Path greeter = DebPackage.of("greeter", "1.0")
                .field("Depends", "tree")
                .service("greeter", "/bin/sleep infinity")
                .build(directory);
        Path unmet = DebPackage.of("unmet", "1.0")
                .field("Depends", "no-such-thing (>= 3)")
                .build(directory);
        Path first = DebPackage.of("first", "1.0").build(directory);
        Path second = DebPackage.of("second", "1.0").field("Conflicts", "first").build(directory);
        Path late = DebPackage.of("fails-late", "1.0")
                .script("postinst", "exit 3\n")
                .build(directory);
        Path clash =
                DebPackage.of("clash", "1.0").file("etc/debian_version", "").build(directory);
        StoredImage debian = image.harness().images().bootable(image.debian(suite), Progress.none());
        try (Container container = image.boot(debian, ContainerOptions.defaults())) {
            assertEquals("no", container.run("systemctl", AFTER_AN_UPDATE).text(), "what is done once for an image");
            PackageManager packages = PackageManager.of(container.machine());
            done(packages.refresh());
            done(packages.install(List.of(new LocalFile(greeter), new Named("hello", null))));
            assertEquals(Optional.of(new InstalledPackage("greeter", "1.0", "all")), packages.installed("greeter"));
            assertEquals(List.of("greeter.service"), packages.units("greeter"));
            assertEquals(Optional.of("greeter"), packages.owner("/lib/systemd/system/greeter.service"));
            done(packages.reinstall(List.of(new LocalFile(greeter))));
            failed("there is no package no-such-thing", packages.install(List.of(new Named("no-such-thing", null))));
            failed("there is no version 7 of hello", packages.install(List.of(new Named("hello", "7"))));
            failed("unmet needs no-such-thing (>= 3), but it is not installable", install(packages, unmet));
            failed("second conflicts with first", install(packages, first, second));
            failed("it brings /etc/debian_version, which belongs to the package base-files", install(packages, clash));
            failed("the postinst script of fails-late failed with exit status 3", install(packages, late));
            done(packages.purge(List.of("fails-late")));
            done(packages.purge(List.of("greeter")));
            assertEquals(Optional.empty(), packages.installed("greeter"));
            assertEquals(Optional.empty(), packages.installed("tree"));
        }
        assertEquals(List.of(), image.leftovers());
    }

    private static Transaction install(PackageManager packages, Path... files) {
        return packages.install(
                Stream.of(files).<PackageRequest>map(LocalFile::new).toList());
    }

    private static void done(Transaction transaction) {
        assertTrue(transaction.succeeded(), transaction.toString());
    }

    private static void failed(String reason, Transaction transaction) {
        assertEquals(reason, transaction.reason(), transaction.toString());
        assertFalse(transaction.succeeded(), transaction.toString());
    }
}

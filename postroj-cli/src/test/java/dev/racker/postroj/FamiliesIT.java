package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.SyntheticImages;
import dev.racker.harness.SyntheticImages.Manager;
import dev.racker.postroj.TestPostroj.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code postroj pkgprobe} with the real dnf, zypper and pacman of synthetic images. */
@ExtendWith(TestPostroj.Shared.class)
class FamiliesIT {

    @TempDir
    private Path directory;

    private TestPostroj postroj;

    @BeforeEach
    void open(TestPostroj shared) {
        postroj = shared;
    }

    @AfterEach
    void nothing_is_left() {
        postroj.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(Manager.class)
    void packages_of_each_family_are_installed_upgraded_removed_and_judged(Manager manager) throws Exception {
        Path first = SyntheticImages.file(manager, "greeter", "1.0");
        Path second = SyntheticImages.file(manager, "greeter", "2.0");
        Path failing = SyntheticImages.file(manager, "failing-post", "1.0");
        Path spec = Files.writeString(directory.resolve("probe.yaml"), """
                image: %s
                package:
                  - package: %s
                    lifecycle: install,reinstall,remove
                    run: systemctl start greeter
                    check-unit: greeter
                    check-file: /etc/greeter.conf
                  - package: %s
                    upgrade-from: %s
                    check-package: greeter-data
                  - package: %s
                  - package: versioned
                    check-package: versioned
                    lifecycle: install,reinstall,remove,purge
                """.formatted(
                        postroj.synthetic(manager), first, second, first, failing));

        Result result = postroj.probe("--spec=" + spec);

        assertAll(
                () -> assertEquals(1, result.status(), result::toString),
                () -> assertEquals(
                        List.of(
                                "boot PASS",
                                "refresh PASS",
                                "install PASS",
                                "run PASS",
                                "check PASS",
                                "reinstall PASS",
                                "remove FAIL"),
                        Result.steps(result.cell(first.getFileName().toString())),
                        result::toString),
                () -> assertEquals(
                        List.of("remove unit greeter.service ActiveState: active"),
                        Result.bad(result.cell(first.getFileName().toString())),
                        "its scripts do not stop it"),
                () -> assertEquals(
                        List.of("boot PASS", "refresh PASS", "install PASS", "upgrade PASS"),
                        Result.steps(result.cell(second.getFileName().toString())),
                        result::toString),
                () -> assertEquals(
                        List.of("boot PASS", "refresh PASS", "install FAIL"),
                        Result.steps(result.cell(failing.getFileName().toString())),
                        result::toString),
                () -> assertEquals(
                        List.of(
                                "boot PASS",
                                "refresh PASS",
                                "install PASS",
                                "reinstall PASS",
                                "remove PASS",
                                "purge PASS"),
                        Result.steps(result.cell("versioned")),
                        result::toString));
    }
}

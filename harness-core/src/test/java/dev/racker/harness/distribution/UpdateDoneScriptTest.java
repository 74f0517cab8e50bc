package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script in a directory that looks like a root file system, with programs that only note that they were called. */
class UpdateDoneScriptTest {

    private static final String UNITS = "usr/lib/systemd/system/";
    private static final String WAITS = "[Unit]\nConditionNeedsUpdate=/etc\n";

    @TempDir
    private Path root;

    private Path told;

    @BeforeEach
    void make_a_root_with_units_that_wait_for_updates() throws IOException {
        told = root.resolve("told");
        write("usr/lib/systemd/systemd-update-done", "#!/bin/sh\necho done >>" + told + "\n");
        for (String program : List.of("ldconfig", "systemd-sysusers", "journalctl", "systemd-hwdb")) {
            write("bin/" + program, "#!/bin/sh\necho " + program + " \"$@\" >>" + told + "\n");
        }
        write(UNITS + "dbus.service", "[Unit]\n");
        wanted("ldconfig.service");
        wanted("systemd-sysusers.service");
        wanted("systemd-journal-catalog-update.service");
        wanted("systemd-update-done.service");
    }

    @Test
    void what_waits_for_updates_is_done_and_then_marked_as_done() throws IOException {
        assertEquals(0, run());

        assertEquals(List.of("ldconfig -X", "journalctl --update-catalog", "systemd-sysusers", "done"), told());
    }

    @Test
    void a_unit_that_no_boot_starts_is_left_out() throws IOException {
        Files.delete(root.resolve(UNITS + "sysinit.target.wants/ldconfig.service"));

        assertEquals(0, run());

        assertEquals(List.of("journalctl --update-catalog", "systemd-sysusers", "done"), told());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UNITS + "other.service",
                "etc/systemd/system/ldconfig.service",
                "etc/systemd/system/mine.service",
                "usr/local/lib/systemd/system/mine.service",
                UNITS + "ldconfig.service.d/more.conf",
                "etc/systemd/system/systemd-sysusers.service.d/more.conf"
            })
    void an_image_with_units_of_its_own_that_wait_is_left_as_it_is(String unit) throws IOException {
        write(unit, WAITS);

        assertEquals(0, run());

        assertEquals(List.of(), told());
    }

    @Test
    void an_image_with_a_masked_unit_is_left_as_it_is() throws IOException {
        Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.createSymbolicLink(root.resolve("etc/systemd/system/ldconfig.service"), Path.of("/dev/null"));

        assertEquals(0, run());

        assertEquals(List.of(), told());
    }

    @Test
    void an_image_without_marks_is_left_as_it_is() throws IOException {
        Files.delete(root.resolve("usr/lib/systemd/systemd-update-done"));

        assertEquals(0, run());

        assertEquals(List.of(), told());
    }

    @Test
    void the_hardware_database_is_compiled_when_packages_have_not_or_somebody_has_added_to_it() throws IOException {
        wanted("systemd-hwdb-update.service");
        write("usr/lib/udev/hwdb.bin", "");
        run();
        assertEquals(0, told().stream().filter("systemd-hwdb update"::equals).count());

        write("etc/udev/hwdb.d/mine.hwdb", "");
        run();
        assertEquals(1, told().stream().filter("systemd-hwdb update"::equals).count());

        Files.delete(root.resolve("etc/udev/hwdb.d/mine.hwdb"));
        Files.delete(root.resolve("usr/lib/udev/hwdb.bin"));
        run();
        assertEquals(2, told().stream().filter("systemd-hwdb update"::equals).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldconfig", "systemd-sysusers", "journalctl"})
    void what_has_failed_is_not_marked_as_done(String program) throws IOException {
        write("bin/" + program, "#!/bin/sh\nexit 3\n");

        assertNotEquals(0, run());

        assertEquals(0, told().stream().filter("done"::equals).count());
    }

    private int run() {
        return new CommandRunner()
                .run(Command.of("/bin/sh", "-c", LayerWork.script(UpdateDone.SCRIPT) + "\nupdate_done\n")
                        .env("PATH", root.resolve("bin") + ":/usr/bin:/bin")
                        .env("root", root.toString())
                        .expectAny())
                .status();
    }

    private List<String> told() throws IOException {
        return Files.exists(told) ? Files.readAllLines(told) : List.of();
    }

    private void wanted(String unit) throws IOException {
        write(UNITS + unit, WAITS);
        Path link = root.resolve(UNITS + "sysinit.target.wants/" + unit);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of("../" + unit));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        if (text.startsWith("#!")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}

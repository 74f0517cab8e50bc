package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.store.StackLookup;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootProbeTest {

    @TempDir
    Path low;

    @TempDir
    Path high;

    private BootProbe probe;

    @BeforeEach
    void stack() {
        probe = new BootProbe(new StackLookup(List.of(low, high), directory -> false));
    }

    @Test
    void systemd_and_dbus_in_different_layers_boot() throws IOException {
        program(low, "usr/lib/systemd/systemd");
        Files.createSymbolicLink(low.resolve("lib"), Path.of("usr/lib"));
        program(high, "usr/bin/dbus-daemon");

        assertEquals(Boot.NATIVE, probe.boot());
    }

    @Test
    void systemd_without_dbus_needs_help() throws IOException {
        program(low, "lib/systemd/systemd");
        program(low, "usr/bin/apt-get");

        assertEquals(Boot.PENDING, probe.boot());
    }

    @Test
    void an_absolute_init_link_to_systemd_counts() throws IOException {
        program(low, "opt/systemd");
        Files.createDirectories(low.resolve("sbin"));
        Files.createSymbolicLink(low.resolve("sbin/init"), Path.of("/opt/systemd"));
        program(low, "usr/bin/dbus-broker-launch");

        assertEquals(Boot.NATIVE, probe.boot());
    }

    @Test
    void another_init_does_not_count() throws IOException {
        program(low, "sbin/init");
        program(low, "usr/bin/dbus-daemon");

        assertEquals(Boot.NONE, probe.boot());
    }

    @ParameterizedTest
    @CsvSource({"usr/bin/apt-get", "usr/bin/microdnf", "usr/bin/zypper", "usr/bin/pacman", "usr/bin/yum"})
    void a_known_package_manager_may_make_it_bootable(String manager) throws IOException {
        program(high, manager);

        assertEquals(Boot.PENDING, probe.boot());
    }

    @Test
    void nothing_known_never_boots() {
        assertEquals(Boot.NONE, probe.boot());
    }

    @Test
    void the_family_is_read_through_the_link_that_distributions_make() throws IOException {
        Files.createDirectories(low.resolve("usr/lib"));
        Files.writeString(low.resolve("usr/lib/os-release"), "NAME=\"Debian GNU/Linux\"\nID=debian\nVERSION_ID=12\n");
        Files.createDirectories(high.resolve("etc"));
        Files.createSymbolicLink(high.resolve("etc/os-release"), Path.of("../usr/lib/os-release"));

        assertEquals("debian", probe.family());
    }

    @Test
    void without_os_release_there_is_no_family() throws IOException {
        assertEquals("", probe.family());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"ID=debian,debian", "ID=\"opensuse-leap\",opensuse-leap", "ID='x',x", "VERSION_ID=1,``"})
    void quotes_around_the_id_are_no_part_of_it(String line, String id) {
        assertEquals(id, BootProbe.id("A=b\n" + line + "\n"));
    }

    private static void program(Path layer, String path) throws IOException {
        Path file = layer.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        if (!file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}

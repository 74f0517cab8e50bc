package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that dpkg-deb, rpmbuild and makepkg have built, read without them. */
class PackageFileTest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");

    @TempDir
    Path directory;

    private static byte[] bytes(String fixture) throws IOException {
        try (InputStream in = PackageFileTest.class.getResourceAsStream(fixture)) {
            return in.readAllBytes();
        }
    }

    /** Under a name that says nothing. */
    private Path file(String fixture) throws IOException {
        return Files.write(directory.resolve("package"), bytes(fixture));
    }

    private String problem(Path file) {
        InvalidPackageException failure = assertThrows(InvalidPackageException.class, () -> PackageFile.read(file));
        String start = "Tried to read the package " + file + ", but ";
        assertTrue(failure.getMessage().startsWith(start), failure.getMessage());
        return failure.getMessage().substring(start.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "xz", "zstd"})
    void a_deb_is_read_whatever_its_compression(String compression) throws IOException {
        Path file = file("greeter-" + compression + ".deb");

        assertEquals(new PackageFile(file, PackageFormat.DEB, "greeter", "1:1.0-1", "amd64"), PackageFile.read(file));
    }

    @Test
    void an_rpm_is_read() throws IOException {
        Path file = file("greeter.rpm");

        assertEquals(new PackageFile(file, PackageFormat.RPM, "greeter", "1.0-1", "noarch"), PackageFile.read(file));
    }

    @Test
    void a_pacman_package_is_read() throws IOException {
        Path file = file("greeter.pkg.tar.zst");

        assertEquals(new PackageFile(file, PackageFormat.ALPM, "greeter", "1.0-1", "any"), PackageFile.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"greeter-none.deb", "greeter-zstd.deb", "greeter.rpm", "greeter.pkg.tar.zst"})
    void a_package_that_was_cut_short_is_told_wherever_it_ends(String fixture) throws IOException {
        byte[] whole = bytes(fixture);
        Path file = directory.resolve("short");
        int step = Math.max(1, whole.length / 40);
        for (int length = 9; length < whole.length - 4; length += step) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(InvalidPackageException.class, () -> PackageFile.read(file), "at " + length);
        }
    }

    @Test
    void what_is_no_package_is_told() throws IOException {
        assertEquals("there is no such file.", problem(directory.resolve("nothing")));
        assertEquals("it is a directory.", problem(directory));
        assertEquals("it is empty.", problem(Files.write(directory.resolve("empty"), new byte[0])));
        assertEquals(
                "it is no package: neither .deb nor .rpm nor .pkg.tar.",
                problem(Files.writeString(directory.resolve("page"), "<html>404</html>\n".repeat(100))));
        assertEquals(
                "it is an ar archive, but no Debian package.",
                problem(Files.writeString(
                        directory.resolve("library.a"),
                        "!<arch>\nfoo.o/          0           0     0     100644  0         `\n")));
        assertEquals(
                "it is damaged: a header of its ar archive is wrong.",
                problem(Files.writeString(directory.resolve("damaged.deb"), "!<arch>\n" + "x".repeat(80))));
        byte[] rpm = bytes("greeter.rpm");
        rpm[7] = 1; // the lead's type
        assertEquals(
                "it is a source package, which nothing installs.",
                problem(Files.write(directory.resolve("source.rpm"), rpm)));
    }

    @Test
    void damage_inside_is_told() throws IOException {
        byte[] deb = bytes("greeter-gzip.deb");
        int control = new String(deb, StandardCharsets.ISO_8859_1).indexOf("control.tar");
        deb[control + 60 + 40] ^= 0x55;
        assertTrue(problem(Files.write(directory.resolve("a.deb"), deb)).startsWith("it is damaged: "));
    }

    @ParameterizedTest
    @CsvSource({
        "DEB,amd64,linux/amd64,true", "DEB,all,linux/arm64,true", "DEB,arm64,linux/amd64,false",
        "DEB,armhf,linux/arm/v7,true", "DEB,i386,linux/386,true", "DEB,ppc64el,linux/ppc64le,true",
        "RPM,x86_64,linux/amd64,true", "RPM,noarch,linux/s390x,true", "RPM,i686,linux/amd64,true",
        "RPM,aarch64,linux/arm64,true", "RPM,aarch64,linux/amd64,false", "RPM,armv7hl,linux/arm/v7,true",
        "ALPM,x86_64,linux/amd64,true", "ALPM,any,linux/arm64,true", "ALPM,aarch64,linux/amd64,false",
        "ALPM,armv7h,linux/arm/v7,true", "DEB,s390x,linux/s390x,true", "RPM,amd64,linux/amd64,false"
    })
    void architectures_are_understood_in_the_words_of_each_format(
            PackageFormat format, String architecture, String platform, boolean fits) {
        PackageFile file = new PackageFile(Path.of("x"), format, "x", "1", architecture);

        assertEquals(fits, file.fits(format, Platform.parse(platform)));
    }

    @Test
    void a_package_for_other_machines_is_refused_with_the_reason() {
        PackageFile rpm = new PackageFile(Path.of("./foo.rpm"), PackageFormat.RPM, "foo", "1-1", "aarch64");

        assertFalse(rpm.fits(PackageFormat.DEB, Platform.parse("linux/arm64")));
        assertEquals(
                "Tried to install ./foo.rpm on debian-bookworm, but it is a RPM package (.rpm), and debian-bookworm installs"
                        + " packages of the kind Debian package (.deb).",
                assertThrows(
                                InvalidPackageException.class,
                                () -> rpm.requireFit(PackageFormat.DEB, AMD64, "debian-bookworm"))
                        .getMessage());
        assertEquals(
                "Tried to install ./foo.rpm on fedora-37, but it is built for aarch64, and fedora-37 is x86_64.",
                assertThrows(InvalidPackageException.class, () -> rpm.requireFit(PackageFormat.RPM, AMD64, "fedora-37"))
                        .getMessage());
        assertDoesNotThrow(() -> rpm.requireFit(PackageFormat.RPM, Platform.parse("linux/arm64"), "fedora-37"));
    }

    @ParameterizedTest
    @CsvSource({
        "debian,DEB",
        "ubuntu,DEB",
        "fedora,RPM",
        "rhel,RPM",
        "centos,RPM",
        "rocky,RPM",
        "almalinux,RPM",
        "ol,RPM",
        "amzn,RPM",
        "opensuse-leap,RPM",
        "opensuse-tumbleweed,RPM",
        "sles,RPM",
        "arch,ALPM",
        "archlinux,ALPM",
        "unheard-of rhel fedora,RPM",
        "unheard-of arch,ALPM"
    })
    void the_family_of_a_distribution_is_known(String id, PackageFormat format) {
        assertEquals(Optional.of(format), PackageFormat.ofFamily(id));
    }

    @Test
    void an_unknown_distribution_has_no_format() {
        assertEquals(Optional.empty(), PackageFormat.ofFamily(""));
        assertEquals(Optional.empty(), PackageFormat.ofFamily("alpine"));
    }

    @Test
    void a_copy_gets_a_name_that_no_program_misreads() {
        PackageFile file =
                new PackageFile(Path.of("/x/-rf $(x).deb"), PackageFormat.DEB, "greeter", "1:2~rc1-3", "amd64");

        assertEquals("greeter_1_2_rc1-3_amd64.deb", file.safeName());
    }
}

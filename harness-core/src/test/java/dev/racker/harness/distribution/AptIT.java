package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.SyntheticImages;
import dev.racker.harness.SyntheticImages.Manager;
import dev.racker.harness.TestImage;
import dev.racker.harness.distribution.PackageRequest.LocalFile;
import dev.racker.harness.distribution.PackageRequest.Named;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * apt on Debian bookworm with its real mirror. The tests share one machine, each with packages of its own names.
 */
@ExtendWith(TestImage.Shared.class)
class AptIT {

    private static TestImage image;
    private static Container container;
    private static PackageManager packages;

    @TempDir
    Path directory;

    @BeforeAll
    static void boot(TestImage shared) {
        image = shared;
        container = image.boot(image.debian(), ContainerOptions.defaults());
        packages = PackageManager.of(container.machine());
        done(packages.refresh());
    }

    @AfterAll
    static void end() {
        container.close();
        assertEquals(List.of(), image.leftovers());
    }

    private static void done(Transaction transaction) {
        assertTrue(transaction.succeeded(), transaction.toString());
        assertEquals("", transaction.reason(), transaction.toString());
    }

    private static void failed(String reason, Transaction transaction) {
        assertEquals(reason, transaction.reason(), transaction.toString());
        assertFalse(transaction.succeeded(), transaction.toString());
        assertFalse(transaction.unreachable(), transaction.toString());
    }

    private LocalFile built(DebPackage deb) throws IOException {
        return new LocalFile(deb.build(directory));
    }

    private static String version(String name) {
        return packages.installed(name).map(InstalledPackage::version).orElse("none");
    }

    private static String shell(String script) {
        return container.run("/bin/sh", "-c", script).text();
    }

    @Test
    void a_script_that_does_not_end_is_ended_and_told_with_what_was_printed_until_then() throws IOException {
        PackageManager hurried = PackageManager.of(container.machine(), Duration.ofSeconds(4));
        LocalFile hangs = built(DebPackage.of("hangs", "1.0")
                .script("postinst", "[ -e /run/hangs ] || { touch /run/hangs; echo 'I wait'; sleep 1000; }\n"));

        Transaction late = hurried.install(List.of(hangs));

        failed("apt-get did not end within 4 s", late);
        assertTrue(late.log().contains("I wait"), late.log());
        assertTrue(late.command().contains("apt-get"), late.command());
        assertEquals("", shell("pgrep --full hangs.postinst; pgrep apt-get"));
        shell("dpkg --configure -a");
        done(packages.remove(List.of("hangs")));
    }

    private static DebPackage greeter(String version) {
        return DebPackage.of("greeter", version)
                .field("Depends", "tree")
                .file("etc/greeter.conf", "version=" + version + "\n")
                .service("greeter", "/bin/sleep infinity");
    }

    @Test
    void a_file_lives_from_installation_to_purge_with_its_dependency_from_the_mirror() throws IOException {
        assertEquals("apt", packages.name());
        assertEquals(PackageFormat.DEB, packages.format());
        assertEquals(Optional.empty(), packages.installed("greeter"));

        Transaction installed = packages.install(List.of(built(greeter("1:1.0-1"))));

        done(installed);
        assertTrue(
                installed
                        .command()
                        .startsWith(
                                "DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none NEEDRESTART_SUSPEND=1 apt-get "),
                installed.command());
        assertTrue(
                installed.command().endsWith("install -- /var/tmp/postroj/greeter_1_1.0-1_all.deb"),
                installed.command());
        assertTrue(installed.log().contains("Setting up greeter"), installed.log());
        assertEquals("", shell("ls /var/tmp/postroj 2>/dev/null"));
        assertEquals(Optional.of(new InstalledPackage("greeter", "1:1.0-1", "all")), packages.installed("greeter"));
        assertTrue(packages.installed("tree").isPresent());
        assertTrue(packages.files("greeter").contains("/etc/greeter.conf"));
        assertEquals(List.of("greeter.service"), packages.units("greeter"));
        assertEquals(Optional.of("greeter"), packages.owner("/lib/systemd/system/greeter.service"));
        assertEquals(Optional.of("greeter"), packages.owner("/usr/lib/systemd/system/greeter.service"));
        assertEquals(Optional.of("libc6"), packages.owner("/etc/ld.so.conf.d/x86_64-linux-gnu.conf"));
        assertEquals(Optional.empty(), packages.owner("/etc/hostname"));
        assertEquals(Optional.empty(), packages.owner("/no/such/[file]*"));

        shell("echo changed >/etc/greeter.conf");
        done(packages.upgrade(List.of(built(greeter("1:2.0-1")))));
        assertEquals("1:2.0-1", version("greeter"));
        assertEquals("changed", shell("cat /etc/greeter.conf"));
        done(packages.reinstall(List.of(built(greeter("1:2.0-1")))));
        failed(
                "no repository has the installed version of greeter",
                packages.reinstall(List.of(new Named("greeter", null))));
        done(packages.install(List.of(built(greeter("1:1.5-1")))));
        assertEquals("1:1.5-1", version("greeter"));

        done(packages.remove(List.of("greeter")));
        assertEquals(Optional.empty(), packages.installed("greeter"));
        assertEquals(Optional.empty(), packages.installed("tree"));
        assertEquals(List.of(), packages.files("greeter"));
        assertEquals("changed", shell("cat /etc/greeter.conf"));
        done(packages.purge(List.of("greeter")));
        assertEquals("", shell("ls /etc/greeter.conf 2>/dev/null"));
    }

    @Test
    void names_and_versions_of_the_mirror_are_found_or_told() {
        String version = shell("apt-cache show hello | sed -n 's/^Version: //p'");

        done(packages.install(List.of(new Named("hello", version), new Named("lsb-release", null))));

        assertEquals(version, version("hello"));
        assertTrue(packages.installed("lsb-release").isPresent());
        assertEquals(Optional.of("hello"), packages.owner("/usr/bin/hello"));
        done(packages.reinstall(List.of(new Named("hello", null))));
        done(packages.upgrade(List.of(new Named("hello", null))));
        failed("there is no version 7.0 of hello", packages.install(List.of(new Named("hello", "7.0"))));
        failed("there is no package no-such-thing", packages.install(List.of(new Named("no-such-thing", null))));
        failed("there is no package no.such+thing", packages.install(List.of(new Named("no.such+thing", null))));
        failed(
                "no-such-thing is not installed, so it cannot be reinstalled",
                packages.reinstall(List.of(new Named("no-such-thing", null))));
        done(packages.purge(List.of("hello", "lsb-release")));
    }

    @Test
    void a_failing_script_leaves_the_package_half_configured_which_is_not_installed() throws IOException {
        DebPackage late = DebPackage.of("fails-late", "1.0").script("postinst", "echo no; exit 3\n");
        failed("the postinst script of fails-late failed with exit status 3", packages.install(List.of(built(late))));
        assertEquals("install ok half-configured", shell("dpkg-query -W -f '${Status}' fails-late"));
        assertEquals(Optional.empty(), packages.installed("fails-late"));
        assertEquals(List.of(), packages.files("fails-late"));
        done(packages.purge(List.of("fails-late")));

        DebPackage early = DebPackage.of("fails-early", "1.0").script("preinst", "exit 1\n");
        failed("the preinst script of fails-early failed with exit status 1", packages.install(List.of(built(early))));
        assertEquals(Optional.empty(), packages.installed("fails-early"));

        done(packages.install(List.of(built(DebPackage.of("fails-going", "1.0").script("prerm", "exit 1\n")))));
        failed("the prerm script of fails-going failed with exit status 1", packages.remove(List.of("fails-going")));
        shell("echo true >/var/lib/dpkg/info/fails-going.prerm");
        done(packages.purge(List.of("fails-going")));
    }

    @Test
    void what_cannot_be_installed_is_told_with_its_reason() throws IOException {
        failed(
                "unmet needs no-such-thing (>= 3), but it is not installable",
                packages.install(
                        List.of(built(DebPackage.of("unmet", "1.0").field("Depends", "no-such-thing (>= 3)")))));
        failed(
                "too-new needs libc6 (>= 99), but " + version("libc6") + " is to be installed",
                packages.install(List.of(built(DebPackage.of("too-new", "1.0").field("Depends", "libc6 (>= 99)")))));
        failed(
                "it brings /bin/ls, which belongs to the package coreutils",
                packages.install(List.of(built(DebPackage.of("clash", "1.0").file("bin/ls", "")))));
        LocalFile first = built(DebPackage.of("first", "1.0"));
        LocalFile second = built(DebPackage.of("second", "1.0").field("Conflicts", "first"));
        failed("second conflicts with first", packages.install(List.of(first, second)));
        assertEquals(Optional.empty(), packages.installed("unmet"));
        assertEquals(Optional.empty(), packages.installed("clash"));
    }

    @Test
    void a_package_of_another_family_is_refused() {
        Path rpm = SyntheticImages.file(Manager.DNF, "greeter", "1.0");

        InvalidPackageException refusal =
                assertThrows(InvalidPackageException.class, () -> packages.install(List.of(new LocalFile(rpm))));

        assertEquals(
                "Tried to install " + rpm + ", but it is a RPM package (.rpm), and the machine installs packages of the"
                        + " kind Debian package (.deb).",
                refusal.getMessage());
    }

    @Test
    void a_mirror_that_cannot_be_reached_is_told_apart() {
        try (Container other = image.boot(image.debian())) {
            PackageManager lonely = PackageManager.of(other.machine());
            Transaction refresh = lonely.refresh();
            assertFalse(refresh.succeeded(), refresh.toString());
            assertTrue(refresh.unreachable(), refresh.toString());
            assertTrue(refresh.reason().startsWith("a repository cannot be reached: "), refresh.reason());
        }
    }
}

package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.distribution.PackageTool.Item;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The exact command lines of all package managers; a request of several programs is joined by a semicolon. */
class PackageToolTest {

    private static final Item FILE = new Item("/var/tmp/postroj/x", "greeter", "1.0-1");
    private static final Item NAME = new Item(null, "nginx", null);
    private static final Item EXACT = new Item(null, "nginx", "1.22.1-9");
    private static final String APT = "apt-get --yes --quiet --option=Dpkg::Use-Pty=0"
            + " --option=Dpkg::Options::=--force-confdef --option=Dpkg::Options::=--force-confold"
            + " --option=DPkg::Lock::Timeout=120 ";

    private static String line(List<List<String>> commands) {
        return commands.stream().map(command -> String.join(" ", command)).collect(Collectors.joining("; "));
    }

    @Test
    void apt_never_asks_and_takes_older_versions_only_when_they_are_named() {
        PackageTool apt = new Apt();

        assertTrue(apt.environment().contains("DEBIAN_FRONTEND=noninteractive"));
        assertEquals(APT + "--option=APT::Update::Error-Mode=any update", line(apt.refresh()));
        assertEquals(APT + "install -- nginx", line(apt.install(List.of(NAME))));
        assertEquals(
                APT + "--allow-downgrades install -- nginx=1.22.1-9 /var/tmp/postroj/x",
                line(apt.install(List.of(EXACT, FILE))));
        assertEquals(APT + "--only-upgrade install -- nginx", line(apt.upgrade(List.of(NAME))));
        assertEquals(
                APT + "--allow-downgrades --only-upgrade install -- /var/tmp/postroj/x",
                line(apt.upgrade(List.of(FILE))));
        assertEquals(
                APT + "--reinstall install -- nginx /var/tmp/postroj/x", line(apt.reinstall(List.of(EXACT, FILE))));
        assertEquals(APT + "--auto-remove remove -- nginx redis", line(apt.remove(List.of("nginx", "redis"))));
        assertEquals(APT + "--auto-remove purge -- nginx", line(apt.purge(List.of("nginx"))));
    }

    @Test
    void dnf_and_yum_are_asked_alike() {
        for (String program : List.of("dnf", "yum")) {
            PackageTool dnf = new Dnf(program);
            String start = program + " --assumeyes ";

            assertEquals(program, dnf.name());
            assertEquals(start + "clean expire-cache; " + start + "makecache", line(dnf.refresh()));
            assertEquals(start + "install nginx", line(dnf.install(List.of(NAME))));
            assertEquals(start + "install nginx-1.22.1-9 /var/tmp/postroj/x", line(dnf.install(List.of(EXACT, FILE))));
            assertEquals(start + "upgrade /var/tmp/postroj/x nginx", line(dnf.upgrade(List.of(FILE, NAME))));
            assertEquals(start + "install nginx-1.22.1-9", line(dnf.upgrade(List.of(EXACT))));
            assertEquals(start + "reinstall nginx /var/tmp/postroj/x", line(dnf.reinstall(List.of(EXACT, FILE))));
            String removal = start + "--setopt=clean_requirements_on_remove=1 remove nginx redis";
            assertEquals(removal, line(dnf.remove(List.of("nginx", "redis"))));
            assertEquals(removal, line(dnf.purge(List.of("nginx", "redis"))));
        }
    }

    @Test
    void microdnf_leaves_files_to_rpm_when_it_does_not_know_them() {
        PackageTool microdnf = new Microdnf();
        List<Item> both = List.of(NAME, FILE);
        String refusal = "error: No package matches '/var/tmp/postroj/x'";

        assertEquals("microdnf --assumeyes --refresh makecache", line(microdnf.refresh()));
        assertEquals("microdnf --assumeyes install nginx /var/tmp/postroj/x", line(microdnf.install(both)));
        assertEquals(
                "microdnf --assumeyes install nginx; rpm --upgrade --verbose --oldpackage --replacepkgs -- /var/tmp/postroj/x",
                line(microdnf.instead(both, refusal)));
        assertEquals("", line(microdnf.instead(both, "error: Could not depsolve transaction")));
        assertEquals("", line(microdnf.instead(List.of(NAME), refusal)));
        assertEquals("microdnf --assumeyes install nginx-1.22.1-9", line(microdnf.upgrade(List.of(EXACT))));
        assertEquals("microdnf --assumeyes upgrade nginx", line(microdnf.upgrade(List.of(NAME))));
        assertEquals("microdnf --assumeyes reinstall nginx", line(microdnf.reinstall(List.of(EXACT))));
        assertEquals(
                "rpm --upgrade --verbose --oldpackage --replacepkgs -- /var/tmp/postroj/x",
                line(microdnf.reinstall(List.of(FILE))));
        assertEquals("microdnf --assumeyes remove nginx", line(microdnf.remove(List.of("nginx"))));
    }

    @Test
    void zypper_checks_signatures_unless_a_file_is_installed() {
        PackageTool zypper = new Zypper();
        String start = "zypper --non-interactive ";

        assertEquals(start + "refresh", line(zypper.refresh()));
        assertEquals(start + "install --auto-agree-with-licenses -- nginx", line(zypper.install(List.of(NAME))));
        assertEquals(
                start + "install --auto-agree-with-licenses --oldpackage -- nginx=1.22.1-9",
                line(zypper.install(List.of(EXACT))));
        assertEquals(
                start + "--no-gpg-checks install --auto-agree-with-licenses --oldpackage -- /var/tmp/postroj/x nginx",
                line(zypper.install(List.of(FILE, NAME))));
        assertEquals(start + "update --auto-agree-with-licenses -- nginx", line(zypper.upgrade(List.of(NAME))));
        assertEquals(
                start + "--no-gpg-checks install --auto-agree-with-licenses --oldpackage -- /var/tmp/postroj/x",
                line(zypper.upgrade(List.of(FILE))));
        assertEquals(
                start + "install --auto-agree-with-licenses --force --oldpackage -- nginx=1.22.1-9",
                line(zypper.reinstall(List.of(EXACT))));
        assertEquals(start + "remove --clean-deps -- nginx", line(zypper.remove(List.of("nginx"))));
        assertEquals(start + "remove --clean-deps -- nginx", line(zypper.purge(List.of("nginx"))));
    }

    @Test
    void pacman_installs_what_is_in_a_repository_before_the_files() {
        PackageTool pacman = new Pacman();
        String start = "pacman --noconfirm --noprogressbar ";

        assertEquals(start + "--sync --refresh", line(pacman.refresh()));
        assertEquals(
                start + "--sync -- nginx=1.22.1-9; " + start + "--upgrade -- /var/tmp/postroj/x",
                line(pacman.install(List.of(FILE, EXACT))));
        assertEquals(start + "--sync -- nginx", line(pacman.upgrade(List.of(NAME))));
        assertEquals(start + "--upgrade -- /var/tmp/postroj/x", line(pacman.reinstall(List.of(FILE))));
        assertEquals(start + "--remove --recursive -- nginx", line(pacman.remove(List.of("nginx"))));
        assertEquals(start + "--remove --recursive --nosave -- nginx", line(pacman.purge(List.of("nginx"))));
    }

    @Test
    void questions_only_look() {
        assertEquals(
                "dpkg-query --show --showformat=${db:Status-Status}\\t${Package}\\t${Version}\\t${Architecture}\\n -- nginx",
                line(List.of(new DpkgDatabase().installed("nginx"))));
        assertEquals("dpkg-query --search -- /a\\[b\\*\\?\\\\c", line(List.of(new DpkgDatabase().owner("/a[b*?\\c"))));
        assertEquals(
                "rpm --query --queryformat=%{NAME}\\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\\t%{ARCH}\\n -- nginx",
                line(List.of(new RpmDatabase().installed("nginx"))));
        assertEquals("rpm --query --queryformat=%{NAME}\\n --file -- /x", line(List.of(new RpmDatabase().owner("/x"))));
        assertEquals("pacman --query --info -- nginx", line(List.of(new AlpmDatabase().installed("nginx"))));
        assertEquals("pacman --query --owns --quiet -- /x", line(List.of(new AlpmDatabase().owner("/x"))));
    }
}

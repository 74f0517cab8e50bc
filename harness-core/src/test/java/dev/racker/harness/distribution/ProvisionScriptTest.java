package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.CuratedRelease.Provisioning;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script in a directory that looks like a root file system, with package managers that only note what they are told. */
class ProvisionScriptTest {

    private static final String[] TOOLS = {"sed", "grep", "rm"};

    @TempDir
    private Path directory;

    private Path programs;
    private Path root;

    @BeforeEach
    void make_a_root_and_a_path_with_nothing_but_basic_tools() throws IOException {
        programs = Files.createDirectory(directory.resolve("bin"));
        root = Files.createDirectory(directory.resolve("root"));
        Files.createDirectory(root.resolve("etc"));
        for (String tool : TOOLS) {
            program(tool, "exec /usr/bin/" + tool + " \"$@\"\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "apt-get,install --yes --no-install-recommends systemd systemd-sysv dbus",
        "dnf,install --assumeyes --setopt=install_weak_deps=False systemd dbus util-linux",
        "microdnf,install --assumeyes --setopt=install_weak_deps=0 systemd dbus util-linux",
        "yum,install --assumeyes systemd dbus util-linux",
        "zypper,--non-interactive install --no-recommends systemd dbus-1 util-linux",
        "pacman,--sync --refresh --sysupgrade --needed --noconfirm systemd systemd-sysvcompat dbus"
    })
    void each_package_manager_installs_what_is_usual_with_it(String manager, String told) throws IOException {
        fake(manager, "");

        assertEquals(0, run("provision").status());

        assertTrue(told().contains(manager + " " + told), told()::toString);
        assertTrue(told().stream().noneMatch(line -> line.contains("nogpgcheck") || line.contains("no-gpg")));
    }

    @Test
    void packages_of_the_release_replace_what_is_usual() throws IOException {
        fake("dnf", "");

        run("provision systemd dbus-broker");

        assertEquals(
                List.of(
                        "dnf install --assumeyes --setopt=install_weak_deps=False systemd dbus-broker",
                        "dnf clean all"),
                told());
    }

    @Test
    void of_several_package_managers_the_family_s_own_is_taken() throws IOException {
        fake("yum", "");
        fake("microdnf", "");
        fake("dnf", "");

        run("provision");

        assertTrue(told().stream().allMatch(line -> line.startsWith("dnf ")), told()::toString);
    }

    @Test
    void each_machine_gets_an_identity_of_its_own() throws IOException {
        fake("dnf", "");
        write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        write("var/lib/dbus/machine-id", "0123456789abcdef0123456789abcdef\n");

        run("provision");

        assertEquals("", Files.readString(root.resolve("etc/machine-id")));
        assertFalse(Files.exists(root.resolve("var/lib/dbus/machine-id")));
    }

    @Test
    void services_that_an_image_forbids_are_allowed_and_lists_removed() throws IOException {
        fake("apt-get", "");
        write("usr/sbin/policy-rc.d", "exit 101\n");
        write("var/lib/apt/lists/some_list", "");

        run("provision");

        assertFalse(Files.exists(root.resolve("usr/sbin/policy-rc.d")));
        assertFalse(Files.exists(root.resolve("var/lib/apt/lists/some_list")));
    }

    @Test
    void a_failing_package_manager_ends_it_with_its_status() throws IOException {
        fake("zypper", "case $* in *install*) exit 104;; esac");
        write("etc/machine-id", "kept");

        assertEquals(104, run("provision").status());
        assertEquals("kept", Files.readString(root.resolve("etc/machine-id")));
    }

    @ParameterizedTest
    @ValueSource(ints = {102, 103, 107})
    void what_zypper_only_wants_to_say_is_no_failure(int status) throws IOException {
        fake("zypper", "case $* in *install*) exit " + status + ";; esac");

        assertEquals(0, run("provision").status());
    }

    @Test
    void zypper_takes_the_keys_of_the_image_s_own_repositories() throws IOException {
        fake("zypper", "");

        run("provision");

        assertEquals("zypper --non-interactive --gpg-auto-import-keys refresh", told().get(0));
    }

    @Test
    void pacman_learns_new_keys_before_anything_else_and_keeps_no_key_of_its_own() throws IOException {
        fake("pacman", "case $* in *--query*) printf 'bash\\narchlinux-keyring\\nfoo-keyring-tools\\n';; esac");
        fake("pacman-key", "");
        write("usr/share/pacman/keyrings/archlinux.gpg", "");
        write("etc/pacman.d/gnupg/private-keys-v1.d/one.key", "");
        write("etc/pacman.d/gnupg/S.gpg-agent", "");
        write("etc/pacman.d/gnupg/pubring.gpg", "");

        run("provision");

        assertEquals(
                List.of(
                        "pacman-key --init",
                        "pacman-key --populate",
                        "pacman --query --quiet",
                        "pacman --sync --refresh --needed --noconfirm archlinux-keyring"),
                told().subList(0, 4));
        assertFalse(Files.exists(root.resolve("etc/pacman.d/gnupg/private-keys-v1.d")));
        assertFalse(Files.exists(root.resolve("etc/pacman.d/gnupg/S.gpg-agent")));
        assertTrue(Files.exists(root.resolve("etc/pacman.d/gnupg/pubring.gpg")));
    }

    @Test
    void without_keyrings_no_key_is_made() throws IOException {
        fake("pacman", "");
        fake("pacman-key", "");

        run("provision");

        assertTrue(told().stream().noneMatch(line -> line.startsWith("pacman-key")), told()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian-stretch", "debian-buster", "debian-old", "centos-7", "centos-8", "ubuntu-lunar"})
    void an_archived_release_asks_the_archive_beside_the_host_that_its_image_names(String name) throws IOException {
        boolean yum = name.startsWith("centos");
        String file = yum ? "etc/yum.repos.d/CentOS-Base.repo" : "etc/apt/sources.list";
        write("etc/os-release", "ID=" + name.substring(0, name.indexOf('-')) + "\n");
        write("etc/apt/apt.conf.d/keep", "");
        write(file, source(name + "/before"));

        assertEquals(0, run("apply_quirk archived-mirror").status());

        assertEquals(source(name + "/after"), Files.readString(root.resolve(file)));
        assertEquals(
                "Acquire::Check-Valid-Until \"false\";\n",
                Files.readString(root.resolve("etc/apt/apt.conf.d/80archived-mirror")));
    }

    @Test
    void mirrors_of_somebody_s_own_stay() throws IOException {
        String list = "deb http://packages.example.com/debian stretch main\n";
        String repository = "[own]\nname=own\nbaseurl=https://packages.example.com/7/\nenabled=1\n";
        write("etc/os-release", "ID=debian\n");
        write("etc/apt/sources.list", list);
        write("etc/yum.repos.d/own.repo", repository);

        run("apply_quirk archived-mirror");

        assertEquals(list, Files.readString(root.resolve("etc/apt/sources.list")));
        assertEquals(repository, Files.readString(root.resolve("etc/yum.repos.d/own.repo")));
    }

    @Test
    void a_dated_release_gets_the_packages_of_its_day() throws IOException {
        write("etc/pacman.d/mirrorlist", "Server = https://mirror.example.com/$repo/os/$arch\n");

        run("apply_quirk dated-mirror:2022-05-01");

        assertEquals(
                "Server = https://archive.archlinux.org/repos/2022/05/01/$repo/os/$arch\n",
                Files.readString(root.resolve("etc/pacman.d/mirrorlist")));
    }

    @ParameterizedTest
    @CsvSource({"--disable-sandbox,true", "--dbpath,false"})
    void a_pacman_with_a_sandbox_is_told_to_do_without(String option, boolean expected) throws IOException {
        fake("pacman", "echo '  " + option + "  text'");
        write("etc/pacman.conf", "# comment\n[options]\nHoldPkg = pacman\n[core]\n");

        run("apply_quirk no-download-sandbox");
        run("apply_quirk no-download-sandbox");

        assertEquals(
                "# comment\n[options]\n" + (expected ? "DisableSandbox\n" : "") + "HoldPkg = pacman\n[core]\n",
                Files.readString(root.resolve("etc/pacman.conf")));
    }

    @Test
    void the_script_and_the_provisioner_know_the_same_quirks() throws IOException {
        fake("pacman", "");
        write("etc/pacman.d/mirrorlist", "");
        write("etc/pacman.conf", "");
        for (String quirk : Provisioner.QUIRKS) {
            String used = quirk.replace("YYYY-MM-DD", "2022-05-01");

            assertTrue(Provisioner.knows(used), used);
            assertEquals(0, run("apply_quirk " + used).status(), used);
        }
        assertFalse(Provisioner.knows("no-such-quirk"));
        assertFalse(Provisioner.knows("dated-mirror"));
        assertFalse(Provisioner.knows("dated-mirror:soon"));
        assertFalse(Provisioner.knows("archived-mirror:2022-05-01"));
        assertEquals(1, run("apply_quirk no-such-quirk").status());
    }

    @Test
    void quirks_come_before_packages() {
        List<String> command =
                Provisioner.command(new Provisioning(List.of("systemd"), List.of("archived-mirror", "x")));

        assertEquals(
                List.of("--quirk", "archived-mirror", "--quirk", "x", "systemd"), command.subList(4, command.size()));
        assertTrue(command.get(2).endsWith("\nprovision \"$@\"\nupdate_done || true\n"));
    }

    private CommandResult run(String words) {
        return new CommandRunner()
                .run(Command.of("/bin/sh", "-c", Provisioner.script() + "\n" + words)
                        .env("PATH", programs.toString())
                        .env("root", root.toString())
                        .expectAny());
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(directory.resolve("told"));
    }

    private void fake(String name, String script) throws IOException {
        program(name, "echo " + name + " \"$@\" >>'" + directory.resolve("told") + "'\n" + script + "\nexit 0\n");
    }

    private void program(String name, String script) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private static String source(String name) throws IOException {
        try (var in = ProvisionScriptTest.class.getResourceAsStream("sources/" + name + ".txt")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}

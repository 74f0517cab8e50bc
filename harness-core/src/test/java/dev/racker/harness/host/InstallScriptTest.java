package dev.racker.harness.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What install.sh would install, on a host that has a shell, a package manager and nothing of ours. */
class InstallScriptTest {

    private static final Path SCRIPT = Path.of("..", "install.sh");
    private static final List<String> SHELL_TOOLS =
            List.of("cat", "cut", "dirname", "grep", "id", "mktemp", "printf", "readlink", "rm", "sed", "tr");

    @TempDir
    Path host;

    private Path bin;
    private Path script;

    /** The script takes its words from the host; here they lead to a directory of this test. */
    @BeforeEach
    void prepare() throws IOException {
        bin = Files.createDirectory(host.resolve("bin"));
        for (String tool : SHELL_TOOLS) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path program = Path.of(place, tool);
                if (Files.isExecutable(program)) {
                    program(tool, "exec " + program + " \"$@\"");
                    break;
                }
            }
        }
        String text = Files.readString(SCRIPT);
        for (String place : List.of(
                ":/usr/local/sbin:/usr/sbin:/sbin",
                "/etc/os-release",
                "/usr/lib/jvm",
                "/usr/lib/podman",
                "/usr/libexec/podman",
                "/etc/ssl/certs",
                "/lib/systemd/systemd")) {
            assertTrue(text.contains(place), place);
            text = text.replace(place, place.startsWith(":") ? "" : host + place);
        }
        script = Files.writeString(host.resolve("install.sh"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apt-get | apt-get -q -y --no-install-recommends install | default-jdk-headless maven
            dnf | dnf -q -y --setopt=install_weak_deps=False install | java-latest-openjdk-devel maven
            zypper | zypper -n -q install --no-recommends | java-25-openjdk-devel maven
            pacman | pacman -S --noconfirm --needed | jdk-openjdk maven
            """)
    void each_package_manager_is_asked_once_for_everything(String manager, String command, String last)
            throws IOException {
        manager(manager, "");

        String plan = plan();

        List<String> commands = Arrays.stream(plan.split("\n"))
                .filter(line -> line.startsWith("  would run: " + command + " "))
                .toList();
        assertEquals(1, commands.size(), plan);
        String packages = commands.get(0);
        assertTrue(packages.contains(" skopeo "), plan);
        assertTrue(packages.contains(" netavark aardvark-dns catatonit iptables"), plan);
        assertTrue(packages.endsWith(" " + last), plan);
        assertFalse(packages.contains("?"), plan);
    }

    @Test
    void what_a_distribution_does_not_have_is_left_out_and_told() throws IOException {
        manager("pacman", "umoci mmdebstrap");

        String plan = plan();

        assertTrue(plan.contains("  umoci (unpacks images) is not in this distribution; going on without it\n"), plan);
        assertFalse(command(plan).contains("umoci"), plan);
        assertFalse(command(plan).contains("mmdebstrap"), plan);
        assertTrue(command(plan).contains(" isa-l "), plan);
    }

    @Test
    void what_is_there_is_not_installed_again() throws IOException {
        manager("dnf", "");
        program("skopeo", "");
        program("mvn", "");

        String command = command(plan());

        assertFalse(command.contains("skopeo"), command);
        assertFalse(command.contains("maven"), command);
        assertTrue(command.contains(" umoci "), command);
    }

    @Test
    void an_old_default_jdk_is_not_taken() throws IOException {
        manager("apt-get", "openjdk-25-jdk-headless openjdk-21-jdk-headless");
        program("apt-cache", """
                case $2 in
                default-jdk-headless) echo '  Candidate: 2:1.11-72' ;;
                openjdk-2*) echo '  Candidate: (none)' ;;
                *) echo '  Candidate: 1.0' ;;
                esac""");

        assertTrue(command(plan()).endsWith(" openjdk-17-jdk-headless maven"));
    }

    @ParameterizedTest
    @CsvSource({
        "fedora, , dnf",
        "rocky, rhel centos fedora, dnf",
        "opensuse-tumbleweed, opensuse suse, zypper",
        "arch, , pacman",
        "ubuntu, debian, apt-get",
        "unheard-of, , apt-get"
    })
    void the_distributions_own_package_manager_is_taken_where_others_are_there(String id, String like, String own)
            throws IOException {
        for (String manager : List.of("apt-get", "dnf", "zypper", "pacman")) {
            manager(manager, "");
        }
        Files.createDirectories(host.resolve("etc"));
        Files.writeString(
                host.resolve("etc/os-release"),
                "NAME=x\nID=" + id + (like == null ? "" : "\nID_LIKE=\"" + like + "\""));

        assertTrue(command(plan()).startsWith("  would run: " + own + " "));
    }

    @Test
    void without_a_package_manager_it_says_what_can_be_done() {
        CommandResult result = run();

        assertEquals(1, result.status());
        assertTrue(result.errorText().contains("but none of them is here"), result.errorText());
    }

    @Test
    void nothing_is_changed() throws IOException {
        manager("zypper", "");

        plan("--with-tests");

        assertFalse(Files.exists(host.resolve("installed")));
        assertFalse(Files.exists(host.resolve("prefix")));
    }

    @ParameterizedTest
    @EnumSource(HostPackageManager.class)
    void the_packages_are_those_that_the_program_names(HostPackageManager family) throws IOException {
        Map<String, String> table = table(2 + family.ordinal());
        List<String> different = new ArrayList<>();
        for (Tool tool : Tool.values()) {
            String installed = table.get(tool.program());
            String named = tool.packageName(family).orElse(null);
            if (installed != null
                    && named != null
                    && !installed.replace("?", "").equals(named)) {
                different.add(tool.program() + ": " + installed + " there, " + named + " here");
            } else if (installed != null && named == null && !installed.startsWith("?")) {
                different.add(tool.program() + ": " + installed + " there, none here");
            }
        }

        assertTrue(table.size() > 20, table.toString());
        assertEquals(List.of(), different);
    }

    /** One column of the script's table: from program to package. */
    private static Map<String, String> table(int column) throws IOException {
        Map<String, String> table = new HashMap<>();
        for (String line : Files.readAllLines(SCRIPT)) {
            String[] fields = line.split("\\|");
            if (fields.length == 6 && !line.startsWith(" ")) {
                table.put(fields[0], fields[column]);
            }
        }
        return table;
    }

    /** A package manager that has everything but these, and that may only be asked. */
    private void manager(String name, String without) throws IOException {
        String asked = "for word; do package=$word; done\n" + "case \" " + without
                + " \" in *\" $package \"*) exit 1 ;; esac\n";
        switch (name) {
            case "apt-get" -> {
                program(name, ": >'" + host.resolve("installed") + "'");
                program(
                        "apt-cache",
                        "case $2 in default-jdk*) echo '  Candidate: 2:1.21-76' ;;"
                                + " *) echo '  Candidate: 1.0' ;; esac");
            }
            case "dnf" -> program(name, asked + changes("list", "$2"));
            case "zypper" -> program(name, asked + changes("search", "$3"));
            default -> program(name, asked + changes("-Si", "$1"));
        }
    }

    private String changes(String question, String argument) {
        return "[ \"" + argument + "\" = " + question + " ] || : >'" + host.resolve("installed") + "'";
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String plan(String... options) {
        CommandResult result = run(options);
        assertEquals(0, result.status(), result.text() + result.errorText());
        return result.text() + "\n";
    }

    private static String command(String plan) {
        return Arrays.stream(plan.split("\n"))
                .filter(line -> line.contains("would run:") && line.contains(" install ") || line.contains(" -S "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(plan));
    }

    private CommandResult run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("/bin/sh", script.toString(), "--dry-run"));
        arguments.addAll(List.of(options));
        return new CommandRunner()
                .run(Command.of(arguments)
                        .expectAny()
                        .env("PATH", bin.toString())
                        .env("PREFIX", host.resolve("prefix").toString())
                        .env("TMPDIR", host.toString())
                        .env("JAVA_HOME", "")
                        .env("RACKER_JAVA", "")
                        .env("DESTDIR", ""));
    }
}

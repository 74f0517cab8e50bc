package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.TestProgram;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client of docker that nobody here wrote finds racker under docker's name: testinfra, which asserts what is in a container. */
@ExtendWith(TestRacker.Shared.class)
class TestinfraIT {

    private static final String ASSERTIONS = """
            def test_package(host):
                assert host.package("systemd").is_installed
                assert host.package("systemd").version.startswith("252")
                assert not host.package("nginx").is_installed

            def test_service(host):
                dbus = host.service("dbus")
                assert dbus.is_running
                assert host.service("systemd-journald").is_running
                assert not host.service("no-such-unit").is_running

            def test_file(host):
                release = host.file("/etc/os-release")
                assert release.contains("bookworm")
                assert host.file("/etc/shadow").mode == 0o640
                assert host.file("/etc/shadow").group == "shadow"
                assert host.file("/etc").is_directory
                assert not host.file("/no/such/file").exists

            def test_user(host):
                assert host.user("root").uid == 0
                assert host.user("www-data").home == "/var/www"
                assert not host.user("nobody-here").exists

            def test_socket(host):
                assert host.socket("unix:///run/dbus/system_bus_socket").is_listening
                assert host.socket("tcp://127.0.0.1:8000").is_listening
                assert not host.socket("tcp://127.0.0.1:8001").is_listening

            def test_command(host):
                assert host.check_output("cat /proc/1/comm") == "systemd"
                failing = host.run("echo out; echo err >&2; exit 7")
                assert failing.rc == 7
                assert failing.stdout == "out\\n"
                assert failing.stderr == "err\\n"
                assert host.run("grep '\\"quoted\\"' <<EOF\\n\\"quoted\\" $HOME\\nEOF").succeeded
            """;

    @Test
    void assertions_about_a_booted_container_hold(TestRacker racker) throws Exception {
        String image = racker.debian();
        Path test = Files.writeString(racker.files().resolve("test_system.py"), ASSERTIONS);
        Path docker = Files.createDirectories(racker.files().resolve("bin")).resolve("docker");
        TestProgram.script(docker, Map.of(), TestRacker.command());
        // testinfra asks netstat where there is no ss; that of busybox knows short options only.
        Path netstat = Files.writeString(
                racker.files().resolve("netstat"),
                "#!/bin/sh\nexec /usr/bin/busybox netstat $(printf '%s ' \"$@\" | sed 's/--unix/-x/; s/--tcp/-t/')\n");
        assertTrue(netstat.toFile().setExecutable(true, false));
        racker.run(
                        "run",
                        "-d",
                        "--name=infra",
                        "-v",
                        "/bin/busybox:/usr/bin/busybox:ro",
                        "-v",
                        netstat + ":/usr/bin/netstat:ro",
                        image)
                .ok();
        racker.run("exec", "infra", "systemd-run", "systemd-socket-activate", "--listen=127.0.0.1:8000", "cat")
                .ok();

        ProcessBuilder builder = new ProcessBuilder(
                "py.test-3", "-q", "-p", "no:cacheprovider", "--hosts=docker://infra", test.toString());
        builder.environment().putAll(racker.environment());
        builder.environment().put("PATH", docker.getParent() + ":" + System.getenv("PATH"));
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Result result = TestRacker.finish(builder.start(), InputStream.nullInputStream());

        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().contains("6 passed"), result::toString);
        racker.run("rm", "--force", "infra").ok();
    }
}

package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exact command lines of payloads, in machines that are booted and in those that are not. */
class PayloadCommandsTest extends MachineCommandsCase {

    @Test
    void a_payload_instead_of_an_init() {
        DirectPayload payload =
                DirectPayload.of(List.of("sh", "-c", "echo $HOME %n")).env(List.of("A=b c"));
        List<String> arguments =
                NspawnArguments.of(spec(524288, Isolation.of(false, false), List.of(), List.of(), payload), true);

        assertEquals(
                List.of("--console=pipe", "--setenv=A=b c", "--as-pid2", "--", "sh", "-c", "echo $HOME %n"),
                arguments.subList(arguments.indexOf("--private-users-ownership=off") + 1, arguments.size()));
    }

    @Test
    void a_payload_that_needs_nothing_of_its_image() {
        PayloadStart start = new PayloadStart(
                new Toolbox(Path.of("/srv/toolbox/1f")), new GuestIds(65532, 65532, List.of(44, 45), "/home/nonroot"));
        DirectPayload payload = DirectPayload.of(List.of("app", "-x"))
                .env(List.of("PATH=/opt:/bin", "A=b c"))
                .in("/srv/data")
                .underInit(true)
                .startedBy(start);
        List<String> arguments =
                NspawnArguments.of(spec(524288, Isolation.of(false, false), List.of(), List.of(), payload), true);

        String text = String.join(
                " ", arguments.subList(arguments.indexOf("--private-users-ownership=off") + 1, arguments.size()));

        String tool = "/dev/racker/ld.so --library-path /dev/racker /dev/racker/";
        assertEquals(
                "--console=pipe --bind-ro=/srv/toolbox/1f:/dev/racker -- "
                        + tool + "sh /dev/racker/start first /srv/data /opt:/bin app "
                        + tool + "setpriv --reuid=65532 --regid=65532 --groups=44,45 --inh-caps=-all -- "
                        + tool
                        + "env --ignore-environment -- PATH=/opt:/bin A=b c HOME=/home/nonroot /dev/racker/init -- app -x",
                text);
    }

    @Test
    void a_payload_drops_what_it_takes_to_start_it() {
        PayloadStart start = new PayloadStart(new Toolbox(Path.of("/t")), new GuestIds(0, 0, List.of(), "/"));
        DirectPayload payload =
                DirectPayload.of(List.of("app")).onTerminal(true).startedBy(start);

        List<String> command = start.first(payload, List.of("CAP_SETUID", "CAP_SETPCAP"));

        assertEquals("terminal / ", String.join(" ", command.subList(5, 8)));
        assertTrue(command.contains("--bounding-set=-setuid,-setpcap"), command.toString());
    }

    @Test
    void a_process_beside_a_payload_has_no_more_capabilities_than_that() {
        Payload payload = Payload.of("id", "it's").in("/srv");
        GuestIds ids = new GuestIds(0, 0, List.of(), "/");
        String tool = "/dev/racker/ld.so --library-path /dev/racker /dev/racker/";

        assertEquals(
                tool + "sh /dev/racker/start beside /srv /bin id "
                        + tool
                        + "setpriv --reuid=0 --regid=0 --clear-groups --inh-caps=-all --bounding-set=-all,+cap_0,+cap_21"
                        + " --no-new-privs -- "
                        + tool + "env --ignore-environment -- PATH=/bin HOME=/h id it's",
                String.join(
                        " ", PayloadStart.beside(payload.env(List.of("PATH=/bin", "HOME=/h")), ids, 0x200001, false)));
        List<String> onTerminal = PayloadStart.beside(payload.onTerminal(), ids, 0, true);
        assertEquals(
                "exec " + tool + "env --ignore-environment -- HOME=/ id 'it'\\''s'",
                onTerminal.get(onTerminal.size() - 2));
    }

    @Test
    void an_entry_is_in_all_control_groups_of_the_machine(@TempDir Path top) throws IOException {
        Files.createDirectories(top.resolve("systemd/racker-1/payload"));
        Files.createDirectories(top.resolve("memory"));
        Files.createDirectories(top.resolve("unified/racker-1"));

        assertEquals(
                List.of(top + "/systemd/racker-1/payload", top + "/unified/racker-1"),
                UnbootedEntry.cgroups("9:name=systemd:/racker-1/payload\n4:memory:/\n0::/racker-1\n", top));
    }

    @Test
    void systemd_in_the_guest_expands_no_variable_of_a_payload() {
        List<String> command = SystemdRun.command(
                "u.service", Payload.of("echo", "$HOME", "${x}$$", "%n", ""), new GuestUser(List.of(), List.of()));

        assertEquals(
                List.of("sh", "echo", "$$HOME", "$${x}$$$$", "%n", ""),
                command.subList(command.size() - 6, command.size()));
        assertFalse(command.get(command.size() - 7).replace("$$", "").contains("$"), "the wrapper is escaped too");
    }

    @Test
    void a_payload_is_a_service_of_its_own() {
        Payload payload = Payload.of("/bin/x").env(List.of("A=1", "B=two words"));
        GuestUser user = new GuestUser(List.of("--uid=nobody"), List.of("setpriv", "--"));
        List<String> command = SystemdRun.command("u.service", payload, user);

        assertEquals(
                List.of(
                        "systemd-run",
                        "--quiet",
                        "--collect",
                        "--wait",
                        "--pipe",
                        "--unit=u.service",
                        "--description=/bin/x",
                        "--property=TimeoutStopSec=10s",
                        "--service-type=exec",
                        "--uid=nobody",
                        "--setenv=A=1",
                        "--setenv=B=two words",
                        "--",
                        "setpriv",
                        "--",
                        "/bin/sh",
                        "-c"),
                command.subList(0, 17));
    }

    @Test
    void odd_working_directories_are_quoted_for_the_unit() {
        List<String> command = SystemdRun.command(
                "u.service", Payload.of("x").in("/a b\"c\\d$e"), new GuestUser(List.of(), List.of()));

        assertTrue(command.contains("--property=WorkingDirectory=-/a b\"c\\d$e"), command.toString());
        assertTrue(
                command.contains("--property=ExecStartPre=-+/bin/sh -c \"mkdir -p -- \\\"$$1\\\" 2>/dev/null\" sh"
                        + " \"/a b\\\"c\\\\d$$e\""),
                command.toString());
    }

    @Test
    void a_payload_on_a_terminal_asks_for_one() {
        List<String> command =
                SystemdRun.command("u.service", Payload.of("x").onTerminal(), new GuestUser(List.of(), List.of()));

        assertTrue(command.contains("--pty"), command.toString());
        assertFalse(command.contains("--pipe"), command.toString());
    }
}

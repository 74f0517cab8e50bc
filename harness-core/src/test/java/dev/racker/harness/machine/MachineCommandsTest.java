package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Host;
import dev.racker.harness.overlay.LayerStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact command lines of everything that is started for a machine. */
class MachineCommandsTest {

    private static final Path RUN = Path.of("/run/r/machines/1a2b");
    private static final Path CONTAINER = Path.of("/srv/ephemeral/1a2b");

    private static final Host HOST = new Host(Path.of("/no/such/root"), Map.of());

    private final DirectPlane direct = new DirectPlane(Path.of("/no/such/root"), HOST);

    @Test
    void a_booted_machine_in_a_user_namespace_with_a_network_of_its_own() {
        assertEquals(
                List.of(
                        "systemd-nspawn",
                        "--quiet",
                        "--directory=/run/r/machines/1a2b/root",
                        "--machine=web",
                        "--hostname=web.example",
                        "--keep-unit",
                        "--register=no",
                        "--settings=no",
                        "--link-journal=no",
                        "--resolv-conf=off",
                        "--timezone=off",
                        "--private-users=524288:65536",
                        "--private-users-ownership=off",
                        "--private-network",
                        "--boot",
                        "--notify-ready=yes",
                        "--console=read-only"),
                NspawnArguments.of(spec(524288, Isolation.of(true, false), List.of(), List.of(), null), false));
    }

    @Test
    void machined_is_told_about_a_registered_machine() {
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), null);

        assertFalse(NspawnArguments.of(spec, true).contains("--register=no"));
    }

    @Test
    void a_privileged_machine_on_the_hosts_network_and_users() {
        assertEquals(List.of("env", "SYSTEMD_SECCOMP=0"), NspawnArguments.prefix(Isolation.of(false, true)));
        assertEquals(List.of(), NspawnArguments.prefix(Isolation.of(true, false)));
        List<String> arguments =
                NspawnArguments.of(spec(0, Isolation.of(false, true), List.of(), List.of(), null), true);

        assertEquals(
                List.of(
                        "--timezone=off",
                        "--private-users=no",
                        "--capability=all",
                        "--boot",
                        "--notify-ready=yes",
                        "--console=read-only"),
                arguments.subList(arguments.indexOf("--timezone=off"), arguments.size()));
    }

    @Test
    void colons_and_backslashes_in_paths_are_escaped() {
        List<Bind> binds = List.of(
                new Bind(Path.of("/srv/a:b"), "/mnt/c:d", false), new Bind(Path.of("/srv/a\\b"), "/mnt/x y", true));
        List<Tmpfs> tmpfs = List.of(new Tmpfs("/scratch", ""), new Tmpfs("/a:b", "size=64m,mode=1777"));

        List<String> shifted = NspawnArguments.of(spec(524288, Isolation.of(true, false), binds, tmpfs, null), true);
        List<String> plain = NspawnArguments.of(spec(0, Isolation.of(true, false), binds, tmpfs, null), true);

        assertEquals(
                List.of(
                        "--bind=/srv/a\\:b:/mnt/c\\:d:idmap",
                        "--bind-ro=/srv/a\\\\b:/mnt/x y:idmap",
                        "--tmpfs=/scratch",
                        "--tmpfs=/a\\:b:size=64m,mode=1777"),
                shifted.subList(shifted.indexOf("--private-network") + 1, shifted.indexOf("--boot")));
        assertTrue(plain.contains("--bind=/srv/a\\:b:/mnt/c\\:d"), plain.toString());
    }

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
    void the_supervisor_hands_a_payload_that_is_started_to_its_own_program() {
        PayloadStart start = new PayloadStart(new Toolbox(Path.of("/t")), new GuestIds(0, 0, List.of(), "/"));
        DirectPayload payload = DirectPayload.of(List.of("true")).startedBy(start);
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), payload);

        assertEquals(
                List.of("/bin/sh", "/run/r/machines/1a2b/unbooted.sh", "run", "/run/r/machines/1a2b", "systemd-nspawn"),
                new Supervisor(spec, direct).run().subList(14, 19));
    }

    @Test
    void the_supervisor_gets_everything_as_arguments() {
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), null);
        List<String> command = new Supervisor(spec, direct).run();

        assertEquals(
                List.of(
                        "unshare",
                        "--mount",
                        "/bin/sh",
                        "/run/r/machines/1a2b/supervise.sh",
                        "run",
                        "/run/r/machines/1a2b",
                        "",
                        "web",
                        "/srv/ephemeral/1a2b",
                        "/srv/names/web",
                        "direct",
                        "boot",
                        "/srv/layers",
                        "lowerdir=b:a,upperdir=../ephemeral/1a2b/upper,workdir=../ephemeral/1a2b/work,volatile",
                        "systemd-nspawn"),
                command.subList(0, 15));
        assertEquals(NspawnArguments.of(spec, false), command.subList(14, command.size()));
    }

    @Test
    void the_supervisor_holds_a_payload_when_it_is_told_to() {
        DirectPayload payload = DirectPayload.of(List.of("true"));
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), payload);
        Supervisor supervisor = new Supervisor(spec, direct);

        assertEquals("payload", supervisor.run().get(11));
        assertEquals("held", supervisor.holdingPayload().run().get(11));
    }

    @Test
    void a_kept_container_is_not_the_supervisors_to_remove() {
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), null);
        MachinePlace kept = new MachinePlace(RUN, CONTAINER, Path.of("/srv/names/web"), Path.of("/var/f"), false);
        MachineSpec keeping = new MachineSpec(
                spec.id(),
                "web",
                "web",
                spec.stack(),
                kept,
                spec.isolation(),
                List.of(),
                List.of(),
                Limits.none(),
                Optional.empty());

        assertEquals(
                List.of("web", CONTAINER.toString(), ""),
                new Supervisor(keeping, direct).run().subList(7, 10));
    }

    @Test
    void direct_has_a_session_of_its_own() {
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), null);
        List<String> command = direct.launch(spec, new Supervisor(spec, direct));

        assertEquals("setsid", command.get(0));
        assertEquals(new Supervisor(spec, direct).run(), command.subList(1, command.size()));
    }

    @Test
    void direct_makes_a_cgroup_in_each_hierarchy_that_systemd_needs(@TempDir Path root) throws IOException {
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), null);
        Path cgroup = root.resolve("sys/fs/cgroup");
        Files.createDirectories(cgroup.resolve("systemd"));
        Files.createDirectories(cgroup.resolve("unified"));
        Files.createDirectories(cgroup.resolve("memory"));

        assertEquals(
                List.of(cgroup + "/systemd/racker-1a2b", cgroup + "/unified/racker-1a2b"),
                new DirectPlane(root, HOST).cgroups(spec));

        Files.createFile(cgroup.resolve("cgroup.procs"));
        assertEquals(List.of(cgroup + "/racker-1a2b"), new DirectPlane(root, HOST).cgroups(spec));
    }

    @Test
    void machined_runs_the_supervisor_as_a_unit_that_cleans_up_after_it() {
        MachinedPlane machined = new MachinedPlane(HOST);
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), null);
        Supervisor supervisor = new Supervisor(spec, machined);
        List<String> command = machined.launch(spec, supervisor);
        int end = command.indexOf("--");

        assertEquals(
                List.of(
                        "setsid",
                        "systemd-run",
                        "--quiet",
                        "--collect",
                        "--wait",
                        "--pipe",
                        "--unit=racker-1a2b.service",
                        "--description=Machine web",
                        "--slice=machine.slice",
                        "--property=Type=exec",
                        "--property=Delegate=yes",
                        "--property=KillMode=mixed",
                        "--property=TimeoutStopSec=20s",
                        "--property=TasksMax=16384",
                        "--property=ExecStopPost=-/bin/sh -c '[ ! -e /run/r/machines/1a2b/clean.sh ] || exec /bin/sh /run/r/machines/1a2b/clean.sh'"),
                command.subList(0, end));
        assertEquals(supervisor.run(), command.subList(end + 1, command.size()));
    }

    @Test
    void systemd_on_the_host_expands_no_variable_of_a_machine() {
        DirectPayload payload = DirectPayload.of(List.of("sh", "-c", "echo $HOME $$"));
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), payload);
        MachinedPlane machined = new MachinedPlane(HOST);
        List<String> command = machined.launch(spec, new Supervisor(spec, machined));

        assertEquals("echo $$HOME $$$$", command.get(command.size() - 1));
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
                command.contains("--property=ExecStartPre=+/bin/mkdir -p -- \"/a b\\\"c\\\\d$$e\""),
                command.toString());
    }

    @Test
    void a_payload_on_a_terminal_asks_for_one() {
        List<String> command =
                SystemdRun.command("u.service", Payload.of("x").onTerminal(), new GuestUser(List.of(), List.of()));

        assertTrue(command.contains("--pty"), command.toString());
        assertFalse(command.contains("--pipe"), command.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/run/a b", "/run/a:b", "/run/a,b", "/run/a\\b", "/run/ä", "/run/a'b", "/run/a\nb", "/run/$a"})
    void directories_whose_names_hold_more_than_plain_characters_are_refused(String directory) {
        HarnessException failure = assertThrows(HarnessException.class, () -> place(Path.of(directory), CONTAINER));

        assertTrue(failure.getMessage().contains("\"" + directory + "\""), failure.getMessage());
        assertThrows(HarnessException.class, () -> place(RUN, Path.of(directory)));
    }

    @Test
    void plain_directories_are_taken() {
        assertDoesNotThrow(() -> place(Path.of("/run/A-z_0.9"), CONTAINER));
    }

    private static MachinePlace place(Path run, Path container) {
        return new MachinePlace(run, container, Path.of("/srv/names/web"), Path.of("/var/failed"), true);
    }

    private static MachineSpec spec(
            int owners, Isolation isolation, List<Bind> binds, List<Tmpfs> tmpfs, DirectPayload payload) {
        LayerStack stack = new LayerStack(
                List.of(Path.of("/srv/layers/a"), Path.of("/srv/layers/b")),
                CONTAINER.resolve("upper"),
                CONTAINER.resolve("work"),
                true,
                owners);
        return new MachineSpec(
                "1a2b",
                "web",
                "web.example",
                stack,
                place(RUN, CONTAINER),
                isolation,
                binds,
                tmpfs,
                Limits.none(),
                Optional.ofNullable(payload));
    }
}

package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact command lines of supervisors, in both control planes. */
class SupervisorCommandsTest extends MachineCommandsCase {

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
}

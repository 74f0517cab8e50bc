package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims of a machine that waits, with the real program that watches over it and a shell in its supervisor's place. */
class StandbyMachineTest {

    private static final int MANY = 50;

    private static final String SUPERVISOR = """
            echo $$ >"$1/supervisor"
            exec 4<>"$1/gone" 5<>"$1/owner" 8<>"$1/kept"
            setpriv --pdeathsig KILL sh -c 'echo >"$1/ready"; exec sh "$1/standby.sh" owner "$1"' owner "$1" 4<&- 8<&- &
            exec 5<&-
            read -r _ <&8
            kill -KILL $! 2>/dev/null
            exit 7
            """;

    private final CommandRunner runner = new CommandRunner();

    @TempDir
    private Path directory;

    private Path run;
    private MachineSpec spec;
    private RunningCommand supervisor;

    @BeforeEach
    void start() throws Exception {
        run = Files.createDirectory(directory.resolve("run"));
        MachinePlace place = new MachinePlace(run, directory, directory.resolve("name"), directory, true);
        LayerStack stack =
                new LayerStack(List.of(directory), directory.resolve("upper"), directory.resolve("work"), true, 0);
        spec = new MachineSpec(
                "1a2b",
                "web",
                "web",
                stack,
                place,
                Isolation.of(true, false),
                List.of(),
                List.of(),
                Limits.none(),
                Optional.empty());
        StandbyMachine.announce(run);
        StandbyMachine.prepare(spec, runner);
        runner.run(Command.of(
                "mkfifo", place.kept().toString(), run.resolve("ready").toString()));
        try (InputStream script = StandbyMachine.class.getResourceAsStream("standby.sh")) {
            Files.copy(script, run.resolve("standby.sh"));
        }
        supervisor = runner.start(Command.of("sh", "-c", SUPERVISOR, "supervisor", run.toString())
                .expectAny()
                .timeout(Duration.ofSeconds(60))
                .stdin(Input.none())
                .stdout(Output.discard())
                .stderr(Output.discard()));
        Files.readString(run.resolve("ready"));
        place.writeLeader(supervisor.pid());
        Files.writeString(place.standby(), "note");
    }

    @AfterEach
    void stop() {
        supervisor.close();
    }

    @Test
    void of_fifty_that_claim_it_at_once_one_has_it() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(MANY);
        List<Callable<Optional<Machine>>> claims = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            claims.add(() -> StandbyMachine.claim(spec, runner));
        }
        int claimed = 0;
        for (Future<Optional<Machine>> claim : threads.invokeAll(claims)) {
            claimed += claim.get().isPresent() ? 1 : 0;
        }
        threads.shutdown();

        assertEquals(1, claimed);
        assertTrue(supervisor.isAlive());
    }

    @Test
    void while_it_boots_and_when_it_has_ended_nobody_can_have_it() throws Exception {
        Files.writeString(run.resolve("standby"), "");
        assertTrue(StandbyMachine.isWaiting(run));
        assertTrue(StandbyMachine.note(run).isEmpty());

        Files.writeString(run.resolve("standby"), "note");
        assertEquals("note", new String(StandbyMachine.note(run).orElseThrow(), StandardCharsets.UTF_8));
        supervisor.kill();
        supervisor.await();

        assertTrue(StandbyMachine.claim(spec, runner).isEmpty());
    }

    @Test
    void the_end_of_its_supervisor_is_seen_at_once() {
        Machine machine = StandbyMachine.claim(spec, runner).orElseThrow();
        assertTrue(machine.isAlive());
        assertFalse(machine.ended().isDone());

        machine.destroy();

        assertEquals(-1, machine.ended().join());
        assertFalse(machine.isAlive());
    }

    @Test
    void it_ends_with_the_process_that_has_claimed_it() {
        runner.run(claimer("rm \"$1/standby\"; exit"));

        assertEquals(7, supervisor.await().status());
    }

    @Test
    void who_dies_before_it_has_it_leaves_nothing_that_could_be_claimed() {
        runner.run(claimer("exit"));

        assertEquals(7, supervisor.await().status());
        assertFalse(StandbyMachine.isWaiting(run));
    }

    @Test
    void the_end_of_one_that_came_too_late_does_not_end_it() throws Exception {
        Machine machine = StandbyMachine.claim(spec, runner).orElseThrow();

        runner.run(claimer("exit"));

        assertTrue(machine.isAlive());
        machine.keep();
        assertFalse(machine.ended().isDone());
    }

    @Test
    void it_outlives_a_process_that_keeps_it() {
        runner.run(claimer("rm \"$1/standby\"; echo keep >&3; exit"));

        StandbyMachine.discard(run);
        assertTrue(supervisor.isAlive(), "what was claimed is not discarded");
    }

    @Test
    void one_that_nobody_has_claimed_can_be_discarded() {
        StandbyMachine.discard(run);

        assertEquals(7, supervisor.await().status());
        assertTrue(StandbyMachine.claim(spec, runner).isEmpty());
    }

    @Test
    void it_expires() throws IOException {
        expire();

        assertEquals(7, supervisor.await().status());
        assertFalse(StandbyMachine.isWaiting(run));
    }

    @Test
    void what_was_claimed_does_not_expire() throws IOException {
        Machine machine = StandbyMachine.claim(spec, runner).orElseThrow();

        expire();

        assertTrue(machine.isAlive());
    }

    /** What waits for the end of the time is a child of the supervisor, too. */
    private void expire() throws IOException {
        Files.writeString(run.resolve("supervisor"), ProcessHandle.current().pid() + "\n");
        runner.run(Command.of("sh", run.resolve("standby.sh").toString(), "expiry", run.toString(), "0.01"));
    }

    /** A process that does the first steps of a claim, and then something else. */
    private Command claimer(String rest) {
        return Command.of("sh", "-c", "exec 3<>\"$1/owner\"; echo >&3; " + rest, "claimer", run.toString());
    }
}

package dev.racker.harness.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.WhenCancelled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation cancellation = new Cancellation();
    private final CommandRunner runner = new CommandRunner(line -> {}, cancellation);

    @Test
    void who_registered_is_told_once_and_who_comes_late_at_once() {
        List<String> told = new ArrayList<>();
        cancellation.onRequest(() -> told.add("first"));
        cancellation.onRequest(() -> told.add("gone")).close();

        cancellation.request();
        cancellation.request();
        cancellation.onRequest(() -> told.add("late"));

        assertEquals(List.of("first", "late"), told);
        assertTrue(cancellation.isRequested());
    }

    @Test
    void a_program_that_runs_gets_sigterm() {
        try (RunningCommand sleeping = runner.start(Command.of("sleep", "600"))) {
            cancellation.request();

            assertEquals(143, sleeping.await().status());
        }
    }

    @Test
    void a_program_that_ends_with_its_input_is_left_to_do_so() {
        Command reads =
                Command.of("sh", "-c", "cat; exit 7").stdin(Input.pipe()).whenCancelled(WhenCancelled.CLOSE_INPUT);
        try (RunningCommand reading = runner.start(reads)) {
            cancellation.request();

            assertEquals(7, reading.await().status());
        }
    }

    @Test
    void nothing_is_started_any_more_but_what_cleans_up() {
        Command cleaning = Command.of("echo", "clean").whenCancelled(WhenCancelled.GO_ON);

        cancellation.request();

        assertThrows(CancelledException.class, () -> runner.run(Command.of("true")));
        assertEquals("clean", runner.run(cleaning).text());
    }

    @Test
    void what_cleans_up_is_left_alone() {
        Command cleaning = Command.of("cat").stdin(Input.pipe()).whenCancelled(WhenCancelled.GO_ON);
        try (RunningCommand running = runner.start(cleaning)) {
            cancellation.request();

            assertFalse(running.ended().isDone());
        }
    }
}

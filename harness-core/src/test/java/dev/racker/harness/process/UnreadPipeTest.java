package dev.racker.harness.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A pipe that its holder does not read to the end holds nothing up. */
class UnreadPipeTest {

    private static final Command WRITER =
            Command.of("sh", "-c", "echo out; echo err >&2").stdout(Command.Output.pipe());

    @Test
    void closing_a_command_completes_it_though_its_pipes_were_not_read() throws Exception {
        RunningCommand running = new CommandRunner().start(WRITER.stderr(Command.Output.pipe()));

        running.close();

        running.ended().get(10, TimeUnit.SECONDS);
    }

    @Test
    void what_was_captured_beside_an_unread_pipe_is_there_after_closing() throws Exception {
        RunningCommand running = new CommandRunner().start(WRITER);
        assertEquals('o', running.stdout().read());
        running.stdout().close();

        assertEquals("err", running.await().errorText());
    }

    @Test
    void a_command_that_runs_does_not_keep_java_from_ending() {
        try (RunningCommand running =
                new CommandRunner().start(Command.of("cat").stdin(Command.Input.pipe()))) {
            boolean daemons = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("CommonsExec"))
                    .allMatch(Thread::isDaemon);

            assertTrue(running.isAlive());
            assertTrue(daemons);
        }
    }
}

package dev.racker.postroj;

import static dev.racker.harness.Eventually.eventually;
import static dev.racker.postroj.TestPostroj.OFFLINE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Containers;
import dev.racker.harness.process.Command;
import dev.racker.postroj.TestPostroj.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is done with the machine of what did not pass. */
@ExtendWith(TestPostroj.Shared.class)
class AftermathIT {

    private TestPostroj postroj;

    @BeforeEach
    void open(TestPostroj shared) {
        postroj = shared;
    }

    @AfterEach
    void nothing_is_left() {
        postroj.assertNothingLeft();
    }

    @Test
    void a_machine_that_is_kept_can_be_entered_and_removed_as_it_was_told() throws Exception {
        Result result = postroj.probe(
                "--image=" + OFFLINE, "--keep-on-failure", "--run=echo kept >/srv/trace", "--check-unit=no-such-unit");

        assertEquals(1, result.status(), result::toString);
        String enter = told("Enter it: +(.*)", result);
        String end = told("End it: +racker rm --force (.*)", result);
        try {
            String inside = TestPostroj.MACHINED ? enter + " /bin/cat /srv/trace" : enter + " -c 'cat /srv/trace'";
            assertTrue(shell(inside).contains("kept"), inside);
            Result beside = postroj.probe("--image=" + OFFLINE, "--check-unit=dbus");
            assertEquals(0, beside.status(), beside::toString);
            assertTrue(shell(inside).contains("kept"), "another call has removed it");
        } finally {
            Containers containers = postroj.image().harness().containers();
            containers.remove(containers.get(end), true);
        }
        // In machined the client of systemd that waited for the machine hears of its end a moment later.
        eventually(
                "the end of what waited for the machine",
                () -> postroj.image().leftovers().isEmpty());
    }

    private String shell(String line) {
        return postroj.runner()
                .run(Command.of("/bin/sh", "-c", line).timeout(Duration.ofMinutes(1)))
                .text();
    }

    private static String told(String pattern, Result result) {
        Matcher matcher = Pattern.compile(pattern).matcher(result.err());
        assertTrue(matcher.find(), result::toString);
        return matcher.group(1);
    }

    @Test
    void what_has_passed_is_not_kept() throws Exception {
        Result result = postroj.probe("--image=" + OFFLINE, "--keep-on-failure", "--check-unit=dbus");

        assertEquals(0, result.status(), result::toString);
        postroj.assertNothingLeft();
    }

    @Test
    void a_shell_in_the_machine_opens_on_the_terminal_and_ends_it() throws Exception {
        Path program = postroj.files().resolve("postroj");
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        postroj.environment()
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append("='")
                        .append(value)
                        .append("'\n"));
        script.append("exec ").append(Command.of(TestPostroj.command())).append(" \"$@\"\n");
        Files.writeString(program, script);
        program.toFile().setExecutable(true);
        try (Window window = new Window()) {
            window.await("outside> ?$");
            window.type(program + " pkgprobe --image=" + OFFLINE
                    + " --run='echo $((40+2))trace >/srv/trace' --check-unit=no-such-unit --shell-on-failure;"
                    + " echo status=$?");
            window.await("A shell in its machine");
            window.await("^root@.*# ?$");
            window.type("tty; cat /srv/trace");
            window.await("^/dev/pts/\\d+$");
            window.await("^42trace$");
            window.type("sleep 2; echo $((5+5))nobody-wrote-here");
            window.await("^10nobody-wrote-here$");
            assertFalse(window.screen().contains(" of 1 done"), window::screen);
            window.type("exit");
            window.await("^status=1$");
        }
        eventually("the end of the machine", () -> postroj.image().leftovers().isEmpty());
    }

    /** A window of tmux. */
    private final class Window implements AutoCloseable {

        private final String server = postroj.files()
                .resolve("tmux-" + Long.toHexString(System.nanoTime()))
                .toString();

        Window() {
            tmux("-f", "/dev/null", "new-session", "-d", "-x", "150", "-y", "40", "env", "PS1=outside> ", "sh");
        }

        private String tmux(String... arguments) {
            List<String> command = new ArrayList<>(List.of("tmux", "-S", server));
            command.addAll(List.of(arguments));
            return postroj.runner()
                    .run(Command.of(command).timeout(Duration.ofSeconds(30)))
                    .text();
        }

        void type(String line) {
            tmux("send-keys", "-l", line);
            tmux("send-keys", "Enter");
        }

        String screen() {
            return tmux("capture-pane", "-p", "-J").stripTrailing();
        }

        void await(String pattern) {
            Pattern wanted = Pattern.compile(pattern, Pattern.MULTILINE);
            try {
                eventually(pattern, () -> wanted.matcher(screen()).find());
            } catch (AssertionError e) {
                throw new AssertionError("\"" + pattern + "\" is not on the screen:\n" + screen(), e);
            }
        }

        @Override
        public void close() {
            tmux("kill-server");
        }
    }
}

package dev.racker.postroj;

import static dev.racker.harness.Eventually.eventually;
import static dev.racker.postroj.TestPostroj.OFFLINE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Containers;
import dev.racker.harness.TestProgram;
import dev.racker.harness.TmuxWindow;
import dev.racker.harness.process.Command;
import dev.racker.postroj.TestPostroj.Result;
import java.nio.file.Path;
import java.time.Duration;
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
        Path program =
                TestProgram.script(postroj.files().resolve("postroj"), postroj.environment(), TestPostroj.command());
        try (TmuxWindow window = new TmuxWindow(postroj.files(), 150, 40)) {
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
}

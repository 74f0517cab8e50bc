package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.TestProgram;
import dev.racker.harness.TmuxWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code racker run -it} at a real terminal: a window of tmux. */
@ExtendWith(TestRacker.Shared.class)
class TerminalIT {

    private final TestRacker racker;
    private final String image;
    private final Path program;
    private TmuxWindow window;

    TerminalIT(TestRacker racker) throws Exception {
        this.racker = racker;
        image = racker.debian();
        program = TestProgram.script(racker.files().resolve("racker"), racker.environment(), TestRacker.command());
    }

    @BeforeEach
    void open() {
        window = new TmuxWindow(racker.files(), 100, 30);
    }

    @AfterEach
    void close() {
        window.close();
        eventually("the end of the machine", () -> racker.leftovers().isEmpty());
    }

    private void type(String line) {
        window.type(line);
    }

    private void await(String pattern) {
        window.await(pattern);
    }

    private void run(String options, String command) {
        type(program + " run --rm -it --network=none -e 'PS1=inside> ' " + options + " " + image + " " + command);
    }

    /** Its words are split, so that the command that is typed is not taken for its output. */
    private void assertTerminalIsRestored() {
        type("stty -a | tr ' ;' '\\n\\n' | grep -x -e icanon -e echo -e isig | wc -l | sed s/^/set:/");
        await("^set:3$");
    }

    /** Ends the shell inside; its status is that of the command outside. */
    private void endShell() {
        type("exit 7");
        await("^outside> ?$");
        type("echo status=$?");
        await("^status=7$");
        assertTerminalIsRestored();
    }

    private void resizeInside() {
        window.resize(90, 25);
        type("until stty size | grep -x '25 90'; do sleep 0.1; done");
        await("^25 90$");
    }

    @Test
    void a_shell_has_a_terminal_of_its_own_and_gives_back_its_status() {
        run("", "bash --norc");
        await("^inside> ?$");
        type("tty");
        await("^/dev/pts/\\d+$");
        type("stty size");
        await("^30 100$");
        resizeInside();
        endShell();
    }

    @Test
    void interrupt_and_job_control_reach_the_command() {
        run("", "bash --norc");
        await("^inside> ?$");
        type("echo $((4+4))sleeping; sleep 100");
        await("^8sleeping$");
        window.press("C-c");
        await("^inside> ?$");
        type("echo status=$?");
        await("status=130$");
        type("sleep 100 &");
        await("^\\[1\\] \\d+$");
        type("fg");
        await("^sleep 100$");
        window.press("C-z");
        await("^\\[1\\]\\+ +Stopped +sleep 100$");
        type("clear; echo $((4+5))again; fg");
        await("^9again$"); // what follows is not what was on the screen before
        await("^sleep 100$");
        window.press("C-c");
        await("^inside> ?$");
        type("exit 0");
        await("^outside> ?$");
        type("echo outside=$?");
        await("^outside=0$");
        assertTerminalIsRestored();
    }

    @Test
    void an_unbooted_command_has_a_terminal_too() {
        run("--systemd=false", "bash --norc");
        await("^inside> ?$");
        type("stty size");
        await("^30 100$");
        resizeInside();
        type("echo $((4+4))sleeping; sleep 100");
        await("^8sleeping$");
        window.press("C-c");
        await("^inside> ?$");
        endShell();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--systemd=false"})
    void a_container_in_the_background_is_attached_to_left_and_attached_to_again(String options) {
        type(program + " run -dit --rm --name back --network=none -e 'PS1=inside> ' " + options + " " + image
                + " bash --norc");
        await("^[0-9a-f]{64}$");
        type("clear; " + program + " attach back");
        await("^inside> ?$");
        type("stty size; here=$((4+4))");
        await("^30 100$");
        window.press("C-p", "C-q");
        await("read escape sequence$");
        type("clear; echo left=$?");
        await("^left=0$");
        assertTerminalIsRestored();
        type("clear; " + program + " attach --detach-keys ctrl-a,x back");
        await("^inside> ?$");
        window.resize(90, 25);
        type("until stty size | grep -x '25 90'; do sleep 0.1; done; echo still=$here");
        await("^still=8$");
        endShell();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run -it", "create -it"})
    void what_was_begun_in_the_foreground_is_left_and_found_again(String begin) {
        type(program + " " + begin + " --name front --systemd=false --network=none -e 'PS1=inside> ' " + image
                + " bash --norc");
        if (begin.startsWith("create")) {
            await("^[0-9a-f]{64}$");
            type("clear; " + program + " start -ai --detach-keys=ctrl-a,x front");
        }
        await("^inside> ?$");
        type("here=$((4+4)); stty size");
        await("^30 100$");
        String[] keys = begin.startsWith("create") ? new String[] {"C-a", "x"} : new String[] {"C-p", "C-q"};
        window.press(keys[0], keys[1]);
        await("read escape sequence$");
        type("clear; echo left=$?");
        await("^left=0$");
        assertTerminalIsRestored();
        type("clear; " + program + " attach front");
        await("^inside> ?$");
        type("echo still=$here");
        await("^still=8$");
        type("exit 7");
        await("^outside> ?$");
        type("echo status=$?");
        await("^status=7$");
        assertTerminalIsRestored();
        type("clear; " + program + " logs front");
        await("^inside> here=\\$\\(\\(4\\+4\\)\\); stty size\n30 100$");
        type("clear; " + program
                + " events --since 0 --until 0s --filter container=front --format '{{.Action}}' | xargs");
        await("create attach start resize detach attach resize die$");
        type("clear; " + program + " rm front");
        await("^front$");
    }

    @Test
    void what_containers_use_is_drawn_again_in_its_place() {
        type(program + " run -d --name used --systemd=false --network=none " + image + " sleep 100");
        await("^[0-9a-f]{64}$");
        type("clear; " + program + " stats");
        await("^CONTAINER ID +NAME +CPU % .*\n[0-9a-f]{12} +used +\\d");
        type(""); // an empty line that the next drawing takes away
        await("^CONTAINER ID .*\n[0-9a-f]{12} +used +\\d.*\\z");
        assertEquals(
                1,
                Pattern.compile("CONTAINER ID")
                        .matcher(window.screen())
                        .results()
                        .count(),
                window.screen());
        window.press("C-c");
        await("outside> ?$");
        assertTerminalIsRestored();
        type("clear; " + program + " rm -f used");
        await("^used$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--systemd=false --init"})
    void without_a_terminal_of_its_own_an_interrupt_ends_it(String options) {
        type(program + " run --rm --network=none " + options + " " + image
                + " sh -c 'echo $((4+4))up; exec sleep 100'; echo status=$?");
        await("^8up$");
        window.press("C-c");
        await("status=130$");
        assertTrue(window.screen().contains("status=130"));
        assertTerminalIsRestored();
        assertEquals(List.of(), racker.leftovers());
    }
}

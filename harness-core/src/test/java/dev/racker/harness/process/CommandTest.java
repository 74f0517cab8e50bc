package dev.racker.harness.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void the_line_shown_gives_a_shell_the_same_arguments() {
        Command odd = Command.of("printf", "%s\\0", "", "a b", "it's", "$HOME `id` \\", "line\nbreak", "*", "~", "ü");
        Command pasted = Command.of("sh", "-c", odd.toString());
        CommandRunner runner = new CommandRunner();

        assertArrayEquals(runner.run(odd).stdout(), runner.run(pasted).stdout());
    }

    @Test
    void the_line_shown_holds_directory_and_variables() {
        Command command = Command.of("env").in(Path.of("/a b")).env("NAME", "x y");

        assertEquals("cd '/a b' && NAME='x y' env", command.toString());
    }

    @Test
    void plain_words_are_shown_without_quotes() {
        assertEquals(
                "tar -C /srv/x --a=b,c:1",
                Command.of("tar", "-C", "/srv/x", "--a=b,c:1").toString());
    }

    @Test
    void secrets_are_never_shown_and_still_passed() {
        Command command = Command.of("printf", "%s", "user:hunter2").secret("user:hunter2");

        assertEquals("printf %s '***'", command.toString());
        assertEquals("user:hunter2", new CommandRunner().run(command).text());
    }

    @Test
    void secrets_are_not_in_messages() {
        Command command = Command.of("false", "hunter2").secret("hunter2");

        CommandException failure = assertThrows(CommandException.class, () -> new CommandRunner().run(command));
        assertFalse(failure.getMessage().contains("hunter2"), failure.getMessage());
    }

    @Test
    void each_method_leaves_the_command_it_is_called_on_as_it_was() {
        Command command = Command.of("echo", "a");
        command.with("b").env("X", "1").in(Path.of("/tmp")).expectAny().secret("a");

        assertEquals("echo a", command.toString());
        assertEquals(List.of("echo", "a"), command.arguments());
        assertFalse(command.expects(1));
    }

    @Test
    void input_is_copied() {
        byte[] bytes = "before".getBytes(StandardCharsets.UTF_8);
        Command.Input input = Command.Input.of(bytes);
        bytes[0] = 'X';

        assertEquals(
                "before",
                new CommandRunner().run(Command.of("cat").stdin(input)).text());
    }

    @Test
    void a_command_without_a_program_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Command.of(List.of()));
    }
}

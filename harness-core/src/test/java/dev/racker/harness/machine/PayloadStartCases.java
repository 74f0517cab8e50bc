package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What payloads in a booted machine start with: user, directory, variables, arguments. */
abstract class PayloadStartCases {

    private final Machine machine;

    PayloadStartCases(Machine machine) {
        this.machine = machine;
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 0 0 0",
        "root, '', 0 0 0",
        "0, '', 0 0 0",
        "nobody, '', 65534 65534 65534",
        "www-data, '', 33 33 33",
        "33, '', 33 33 33",
        "www-data, games, 33 60 60",
        "www-data, 60, 33 60 60",
        "root, games, 0 60 60",
        "'', games, 0 60 60",
        "4711, '', 4711 0 0",
        "4711, 4712, 4711 4712 4712",
        "4711, games, 4711 60 60",
    })
    void a_payload_runs_as_whom_it_is_told(String user, String group, String expected) {
        CommandResult result = machine.run(Payload.of("sh", "-c", "echo $(id -u) $(id -g) $(id -G)")
                .user(user)
                .group(group));

        assertEquals(expected, result.text(), result::errorText);
    }

    @Test
    void a_user_or_group_that_is_not_there_is_an_error_of_ours() {
        for (Payload payload : List.of(
                Payload.of("true").user("no-such-one"),
                Payload.of("true").user("root").group("no-such-one"),
                Payload.of("true").user("4711").group("no-such-one"),
                Payload.of("true").user("-x"))) {
            HarnessException failure = assertThrows(HarnessException.class, () -> machine.run(payload));

            assertTrue(
                    failure.getMessage().contains("\"no-such-one\"")
                            || failure.getMessage().contains("\"-x\""),
                    failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/srv",
                "/srv/made/deep",
                "/srv/a b",
                "/srv/50%n",
                "/srv/$HOME",
                "/srv/it's \"q\"",
                "/srv/b\\s",
                "/srv/ü"
            })
    void a_payload_starts_in_its_directory_which_is_made(String directory) {
        assertEquals(directory, machine.run(Payload.of("pwd").in(directory)).text());
        assertEquals(
                directory,
                machine.run(Payload.of("pwd").in(directory).user("nobody")).text());
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, root, 'no directory, and none can be made there'",
        "/root, nobody, permission denied",
    })
    void a_payload_does_not_run_elsewhere_when_its_directory_cannot_be_entered(
            String directory, String user, String why) {
        CommandResult result = machine.run(Payload.of("pwd").in(directory).user(user));

        assertEquals(125, result.status());
        assertEquals("", result.text());
        assertEquals("racker: cannot enter '" + directory + "' in the machine: " + why, result.errorText());
    }

    @Test
    void variables_pass_unchanged() {
        List<String> variables = List.of(
                "A=two words",
                "B=$HOME ${A} $$",
                "C='single' \"double\"",
                "D=line\nbreak",
                "E=%n%%",
                "F=ü€",
                "G=",
                "H=a=b",
                "I=\\n\\");

        String seen = machine.run(Payload.of(
                                "sh",
                                "-c",
                                "for n in A B C D E F G H I; do eval \"printf '%s=%s|' $n \\\"\\$$n\\\"\"; done")
                        .env(variables))
                .text();

        assertEquals(String.join("|", variables) + "|", seen);
    }

    @Test
    void the_environment_is_the_guests_and_not_the_hosts() {
        String seen = machine.run("env").text();

        assertTrue(seen.contains("PATH=/usr/local/sbin:"), seen);
        assertFalse(seen.contains("NOTIFY_SOCKET"), seen);
    }

    @Test
    void arguments_pass_unchanged() {
        List<String> arguments = List.of(
                "",
                "a b",
                "$HOME",
                "${HOME}",
                "$$",
                "%n %H %%",
                "it's",
                "\"q\"",
                "line\nbreak",
                "ü€😀",
                "\\",
                "*",
                ";",
                "-x",
                "`id`",
                "@",
                "+a",
                "!");
        String[] command = java.util.stream.Stream.concat(java.util.stream.Stream.of("%s\\0"), arguments.stream())
                .toArray(String[]::new);

        CommandResult result = machine.run("printf", command);

        assertEquals(String.join("\0", arguments) + "\0", new String(result.stdout(), StandardCharsets.UTF_8));
    }

    @Test
    void a_program_may_have_any_name() {
        for (String name : List.of("/opt/my program", "/opt/$HOME", "/opt/%n", "/opt/ü\n2")) {
            machine.run("cp", "/usr/bin/true", name);

            assertEquals(0, machine.run(name).status(), name);
        }
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

class RackerTest {

    private final TestSession racker = new TestSession(Map.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run IMG hostnamectl --version    | hostnamectl --version",
                "run IMG -- x                     | -- x",
                "run -- IMG x --rm                | x --rm",
                "run IMG sh -c true               | sh -c true",
                "run --rm IMG ls --rm -it         | ls --rm -it",
                "run --name x IMG --name y        | --name y",
                "run IMG cat @/etc/hostname       | cat @/etc/hostname",
                "run --tls-verify IMG cat         | cat",
                "run IMG --debug --help --nope    | --debug --help --nope",
            })
    void options_end_at_the_image(String line, String command) {
        ParseResult run = TestSession.parse(line.split(" "));

        assertEquals("IMG", run.matchedPositionalValue(0, ""));
        assertEquals(
                List.of(command.split(" ")), run.matchedPositionals().get(1).getValue());
    }

    @ParameterizedTest
    @CsvSource({
        "run -it IMG, true, true, false",
        "run -ti --rm IMG, true, true, true",
        "run -i -t --rm=true IMG, true, true, true",
        "run -i --rm=false IMG, true, false, false",
        "run IMG, false, false, false"
    })
    void short_options_can_be_combined_and_flags_take_a_value(String line, boolean input, boolean tty, boolean remove) {
        ParseResult run = TestSession.parse(line.split(" "));

        assertEquals(input, run.matchedOptionValue("-i", false));
        assertEquals(tty, run.matchedOptionValue("-t", false));
        assertEquals(remove, run.matchedOptionValue("--rm", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --name x IMG", "run --name=x IMG"})
    void a_value_may_be_attached_or_follow(String line) {
        assertEquals("x", TestSession.parse(line.split(" ")).matchedOptionValue("--name", ""));
    }

    @Test
    void values_keep_quotes_commas_and_option_like_words() {
        ParseResult run = TestSession.parse("run", "-e", "A=\"b, c\"", "-e", "B=--rm", "--entrypoint=", "IMG");

        assertEquals(List.of("A=\"b, c\"", "B=--rm"), run.matchedOptionValue("-e", List.of()));
        assertEquals("", run.matchedOptionValue("--entrypoint", "unset"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --nmae x IMG      | --nmae    | --name",
                "run --nmae=x IMG      | --nmae    | --name",
                "run --entry-point x I | --entry-point | --entrypoint",
                "run --evn A=1 IMG     | --evn     | --env",
                "images --formt json   | --formt   | --format",
                "pull --quite debian   | --quite   | --quiet",
                "--debgu images        | --debgu   | --debug",
            })
    void an_unknown_option_fails_and_names_the_nearest_one(String line, String typed, String nearest) {
        assertEquals(125, racker.run(line.split(" ")));
        assertEquals("", racker.out());
        String[] lines = racker.err().split("\n");
        assertEquals(2, lines.length, racker.err());
        assertTrue(
                lines[0].endsWith(": Tried to read the option \"" + typed + "\", but there is no such option."),
                lines[0]);
        assertTrue(lines[1].startsWith("Did you mean " + nearest + "? See `racker"), lines[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "run, run -a IMG, -a, A container in the foreground has all three streams.",
        "run, run -ita stdin IMG, -a, A container in the foreground has all three streams.",
        "run, run --gpus all IMG, --gpus, Name the devices with --device.",
        "run, run --gpus=all IMG, --gpus, Name the devices with --device.",
        "container run, container run --gpus=all IMG, --gpus, Name the devices with --device.",
        "create, create --pid host IMG, --pid, A machine always has a process namespace of its own."
    })
    void an_option_of_docker_that_is_not_supported_is_told_as_such(
            String command, String line, String option, String why) {
        assertEquals(125, racker.run(line.split(" ")));
        assertEquals(
                "racker " + command + ": Tried to read the option \"" + option
                        + "\" of docker, but racker does not support it.\n" + "Leave it out. " + why + " See `racker "
                        + command + " --help`.\n",
                racker.err());
    }

    @Test
    void a_command_of_docker_that_is_not_supported_is_told_as_such() {
        assertEquals(125, racker.run("stack", "ls"));
        assertEquals(
                "racker: Tried to run the command \"stack\" of docker, but racker does not support it.\n"
                        + "Only swarms have it. See `racker --help`.\n",
                racker.err());
    }

    @Test
    void an_unknown_command_fails_and_names_the_nearest_one() {
        assertEquals(125, racker.run("imges"));
        assertEquals(
                "racker: Tried to run the command \"imges\", but there is no such command.\n"
                        + "Did you mean images? See `racker --help`.\n",
                racker.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run                | run: Tried to read the command line, but IMAGE is missing.",
                "run --rm           | run: Tried to read the command line, but IMAGE is missing.",
                "pull               | pull: Tried to read the command line, but IMAGE is missing.",
                "tag a              | tag: Tried to read the command line, but NAME[:TAG] is missing.",
                "rmi                | rmi: Tried to read the command line, but IMAGE is missing.",
                "exec c             | exec: Tried to read the command line, but COMMAND is missing.",
                "run --network      | run: Tried to read the option \"--network\", but its value NETWORK is missing.",
                "run -u             | run: Tried to read the option \"--user\", but its value USER[:GROUP] is missing.",
                "run --boot-timeout=1s I | run: Tried to read --boot-timeout \"1s\", but that is no whole number, or too great a one.",
                "run --boot-timeout=99999999999 I | run: Tried to read --boot-timeout \"99999999999\", but that is no whole number, or too great a one.",
                "run --rm=maybe I   | run: Tried to read --rm \"maybe\", but that is neither true nor false.",
                "run --tls-verify=maybe I | run: Tried to read --tls-verify \"maybe\", but that is neither true nor false.",
                "stop -t soon I     | stop: Tried to read --timeout \"soon\", but that is no whole number, or too great a one.",
            })
    void what_is_missing_or_no_value_is_told_in_one_line_and_help_in_another(String line, String message) {
        assertEquals(125, racker.run(line.split(" ")));
        String command = line.substring(0, line.indexOf(' ') < 0 ? line.length() : line.indexOf(' '));
        assertEquals("racker " + message + "\nSee `racker " + command + " --help`.\n", racker.err());
    }

    @Test
    void of_an_option_that_is_given_twice_the_last_one_counts() {
        ParseResult run =
                TestSession.parse("run", "--rm", "--name", "a", "-w/a", "--rm", "--workdir=/b", "--name=b", "I");

        assertEquals("b", run.matchedOptionValue("--name", ""));
        assertEquals("/b", run.matchedOptionValue("--workdir", ""));
        assertEquals(true, run.matchedOptionValue("--rm", false));
    }

    @Test
    void an_argument_too_many_fails() {
        assertEquals(125, racker.run("pull", "a", "b"));
        assertEquals(
                "racker pull: Tried to read \"b\", but there are more arguments than expected.\n"
                        + "See `racker pull --help`.\n",
                racker.err());
    }

    @Test
    void no_command_at_all_fails() {
        assertEquals(125, racker.run());
        assertEquals("racker: Tried to run racker, but no command was given.\nSee `racker --help`.\n", racker.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void help_lists_the_commands_on_standard_output(String option) {
        assertEquals(0, racker.run(option));
        assertEquals("", racker.err());
        for (String command : List.of("run", "pull", "images", "rmi", "ps", "rm", "info")) {
            assertTrue(racker.out().contains("\n  " + command + " "), racker.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --help", "help run", "run --rm --help"})
    void help_of_a_command_explains_its_options(String line) {
        assertEquals(0, racker.run(line.split(" ")));
        assertEquals("", racker.err());
        assertTrue(racker.out().startsWith("Usage: racker run "), racker.out());
        assertTrue(racker.out().contains("--boot-timeout=SECONDS"), racker.out());
    }

    @Test
    void version_is_one_line() {
        assertEquals(0, racker.run("--version"));
        assertTrue(racker.out().matches("racker \\S+\n"), racker.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run -p abc IMG                | abc",
                "run --pull sometimes IMG       | sometimes",
                "run --systemd perhaps IMG      | perhaps",
                "run --boot-timeout abc IMG     | abc",
                "run --boot-timeout 0 IMG       | 0",
                "run --userns perhaps IMG       | perhaps",
                "run --name a/b IMG             | a/b",
                "run --hostname a_b IMG         | a_b",
                "run --hostname -a IMG          | -a",
                "run -e =b IMG                  | =b",
                "run --env-file /no/such IMG    | /no/such",
                "run --label-file /no/such IMG  | /no/such",
                "run --label =b IMG             | =b",
                "run -w there IMG               | there",
                "run --dns there IMG            | there",
                "run --tmpfs /x:size=all IMG    | all",
                "run --tmpfs /x:mode=8 IMG      | 8",
                "run --cidfile /no/such/id IMG  | /no/such",
                "run --restart often IMG        | often",
                "run --rm --restart always IMG  | always",
                "run --stop-signal GO IMG       | GO",
                "run --stop-timeout=-1 IMG      | -1",
                "run --health-cmd x --health-interval often IMG | often",
                "run --detach-keys ctrl IMG     | ctrl",
                "create --name a/b IMG          | a/b",
                "pull --authfile /no/such IMG   | /no/such",
                "pull --authfile /usr IMG       | /usr",
                "pull --cert-dir /etc/passwd IMG | /etc/passwd",
                "pull --source nowhere IMG      | nowhere",
                "pull --platform a/b/c/d IMG    | a/b/c/d",
                "pull --creds nobody IMG        | USER:PASSWORD",
                "push --authfile /no/such IMG   | /no/such",
                "run --authfile /no/such IMG    | /no/such",
                "run --platform a/b/c/d IMG     | a/b/c/d",
            })
    void a_wrong_value_is_quoted_before_anything_is_done(String line, String value, @TempDir Path directory) {
        TestSession session = TestSession.in(directory);

        assertEquals(125, session.run(line.split(" ")));
        assertTrue(session.err().contains(value), session.err());
        assertFalse(session.err().contains("\tat "), session.err());
        assertFalse(Files.exists(directory.resolve("run")));
    }
}

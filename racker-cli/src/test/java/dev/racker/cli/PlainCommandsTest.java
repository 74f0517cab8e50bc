package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Option;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.PlainWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A command line that is read without picocli means what picocli would have made of it. */
class PlainCommandsTest {

    private static final List<String> COMMANDS = List.of(
            "run", "create", "exec", "pull", "ps", "logs", "start", "stop", "restart", "kill", "wait", "rm", "images",
            "rmi", "inspect");

    private static DeclaredCommand declared(String name) {
        return switch (name) {
            case "run" -> new RunCommand(null);
            case "create" -> new CreateCommand(null);
            case "pull" -> new PullCommand(null);
            case "ps" -> new PsCommand(null);
            case "logs" -> new LogsCommand(null);
            case "start" -> new StartCommand(null);
            case "stop" -> new StopCommand(null);
            case "restart" -> new RestartCommand(null);
            case "kill" -> new KillCommand(null);
            case "wait" -> new WaitCommand(null);
            case "rm" -> new RmCommand(null);
            case "images" -> new ImagesCommand(null);
            case "rmi" -> new RmiCommand(null);
            case "inspect" -> InspectCommand.ofAll(null);
            default -> new ExecCommand(null);
        };
    }

    /** Each option of each command in each way to write it, alone and beside others. */
    static Stream<String[]> lines() {
        List<String[]> lines = new ArrayList<>();
        for (String command : COMMANDS) {
            add(lines, command);
            add(lines, command, "-it", "-e", "A=b", "-eB=c", "--env=D=e=f", "-w/x", "--user", "0:0");
            add(lines, command, "-e", "", "--workdir=", "-u ", "-e", "ä ö");
            for (Option option : declared(command).all()) {
                for (String name : option.names()) {
                    add(lines, command, name);
                    add(lines, command, name, name);
                    for (String value :
                            new String[] {"1", "true", "false", "a=b", "", "-1", "x y", "--", "@f", "\"q\""}) {
                        add(lines, command, name, value);
                        add(lines, command, name + "=" + value, "-i");
                        add(lines, command, name + "=" + value, "-q");
                        add(lines, command, name + value, "-t");
                        add(lines, command, name, value, name, value);
                    }
                }
            }
        }
        return lines.stream();
    }

    private static void add(List<String[]> lines, String command, String... options) {
        lines.add(line(command, options, "image", "program", "-x", "--", "--rm", "@y"));
        lines.add(line(command, options, "image"));
        lines.add(line(command, options, "one", "two", "three"));
        lines.add(line(command, options, "one", "-f", "--time=1", "two", "-n", "5"));
        lines.add(line(command, options, "image", "-q"));
        lines.add(line(command, options));
    }

    private static String[] line(String command, String[] options, String... words) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(Arrays.asList(options));
        line.addAll(Arrays.asList(words));
        return line.toArray(String[]::new);
    }

    @Test
    void what_is_plain_means_what_picocli_makes_of_it() {
        CommandLine parser = Racker.commandLine();
        int plain = 0;
        for (String[] line : lines().toList()) {
            DeclaredCommand command = declared(line[0]);
            if (PlainWords.read(command, Arrays.asList(line).subList(1, line.length))) {
                plain++;
                assertEquals(given(picocli(parser, line)), given(command), String.join(" ", line));
            }
        }
        assertTrue(plain > 1000, plain + " of these lines are plain");
    }

    private static Options picocli(CommandLine parser, String... line) {
        parser.parseArgs(line);
        return (Options) parser.getSubcommands().get(line[0]).getCommandSpec().userObject();
    }

    private static Map<String, Object> given(Options options) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (Option option : options.all()) {
            given.put(option.names().isEmpty() ? option.label() : option.names().get(0), option.given());
        }
        return given;
    }

    @Test
    void picocli_knows_what_a_command_declares_under_each_of_its_names() {
        Map<String, String> lost = new LinkedHashMap<>();
        collect(Racker.commandLine(), lost);
        assertEquals(Map.of(), lost);
    }

    private static void collect(CommandLine line, Map<String, String> lost) {
        if (line.getCommandSpec().userObject() instanceof Options options) {
            for (Option option : options.all()) {
                if (!line.getCommandSpec().optionsMap().keySet().containsAll(option.names())) {
                    lost.put(
                            line.getCommandSpec().qualifiedName(),
                            option.names().toString());
                }
            }
        }
        line.getSubcommands().values().forEach(each -> collect(each, lost));
    }

    static Stream<Option> options() {
        return COMMANDS.stream().flatMap(name -> declared(name).all().stream());
    }

    @ParameterizedTest
    @MethodSource("options")
    void every_option_says_what_it_means_and_has_a_name_that_is_unique(Option option) {
        assertTrue(option.description().endsWith(".") && !option.description().isBlank());
        assertEquals(option instanceof Flag, option.label().isEmpty());
        assertFalse(
                option.names().stream().anyMatch(name -> !name.startsWith("-")),
                option.names().toString());
    }
}

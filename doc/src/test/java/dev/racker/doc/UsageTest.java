package dev.racker.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.Racker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Holds {@code doc/usage.rst} against the command line. */
class UsageTest {

    private static final Document USAGE = Document.read("doc/usage.rst");
    private static final Map<String, CommandLine> COMMANDS =
            Racker.commandLine().getSubcommands();

    /** An item of an option list: options with their arguments, then two spaces or the end of the line. */
    private static final Pattern ITEM = Pattern.compile("^(--?[a-zA-Z].*?)(?:  .*)?$");

    private static final Pattern LONG_OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

    static Set<String> commands() {
        return COMMANDS.keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_section_of_a_command_lists_exactly_its_options(String command) {
        Set<String> known = COMMANDS.get(command).getCommandSpec().options().stream()
                .filter(option -> !isGlobal(option))
                .flatMap(option -> List.of(option.names()).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(known, listed(USAGE.section("racker " + command)));
    }

    @Test
    void the_global_options_are_listed_once_for_all() {
        Set<String> known = Racker.commandLine().getCommandSpec().options().stream()
                .flatMap(option -> List.of(option.names()).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(known, listed(USAGE.section("Options of all commands")));
    }

    @Test
    void no_option_is_mentioned_that_does_not_exist() {
        Set<String> known = COMMANDS.values().stream()
                .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(Racker.commandLine().getCommandSpec().optionsMap().keySet());

        Set<String> mentioned = new TreeSet<>();
        Matcher matcher = LONG_OPTION.matcher(USAGE.text());
        while (matcher.find()) {
            mentioned.add(matcher.group());
        }
        mentioned.removeAll(known);

        assertEquals(Set.of(), mentioned);
    }

    @Test
    void every_command_is_in_the_readme() {
        String readme = Document.read("README.rst").text();

        commands().forEach(command -> assertTrue(readme.contains("racker " + command), command));
    }

    private static boolean isGlobal(OptionSpec option) {
        return option.usageHelp() || option.versionHelp() || option.inherited();
    }

    private static Set<String> listed(List<String> section) {
        Set<String> names = new TreeSet<>();
        for (String line : section) {
            Matcher item = ITEM.matcher(line);
            if (item.matches()) {
                for (String option : item.group(1).split(", ")) {
                    names.add(option.split("[= ]")[0]);
                }
            }
        }
        return names;
    }
}

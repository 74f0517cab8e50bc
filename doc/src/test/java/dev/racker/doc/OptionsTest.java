package dev.racker.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.Racker;
import dev.racker.postroj.Postroj;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Holds the pages of both programs against their command lines. */
class OptionsTest {

    private static final Document USAGE = Document.read("doc/usage.rst");
    private static final Document POSTROJ = Document.read("doc/postroj.rst");
    private static final CommandLine RACKER_LINE = Racker.commandLine();
    private static final CommandLine POSTROJ_LINE = Postroj.commandLine();

    /** An item of an option list: options with their arguments, then two spaces or the end of the line. */
    private static final Pattern ITEM = Pattern.compile("^(--?[a-zA-Z].*?)(?:  .*)?$");

    private static final Pattern LONG_OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");

    private record Section(Document page, String program, String name, CommandLine command) {
        @Override
        public String toString() {
            return program + " " + name;
        }
    }

    static Stream<Section> sections() {
        return sections(POSTROJ, "postroj", POSTROJ_LINE);
    }

    @Test
    void the_page_of_the_commands_of_racker_is_up_to_date() {
        assertEquals(
                CommandsPage.text(),
                Document.read("doc/commands.rst").text() + "\n",
                "write it again: doc/src/test/java/dev/racker/doc/CommandsPage.java is a program");
    }

    private static Stream<Section> sections(Document page, String program, CommandLine line) {
        return line.getSubcommands().entrySet().stream()
                .map(entry -> new Section(page, program, entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void the_section_of_a_command_lists_exactly_its_options(Section section) {
        Set<String> known = section.command().getCommandSpec().options().stream()
                .filter(option -> !isGlobal(option))
                .flatMap(option -> List.of(option.names()).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(known, listed(section.page().section(section.toString())));
    }

    @Test
    void the_global_options_are_listed_once_for_all() {
        Set<String> known = RACKER_LINE.getCommandSpec().options().stream()
                .flatMap(option -> List.of(option.names()).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(known, listed(USAGE.section("Options of all commands")));
    }

    @Test
    void no_option_is_mentioned_that_does_not_exist() {
        Set<String> known = new TreeSet<>();
        for (CommandLine program : List.of(RACKER_LINE, POSTROJ_LINE)) {
            collect(program, known);
        }

        for (Document page : List.of(USAGE, POSTROJ)) {
            Set<String> mentioned = new TreeSet<>();
            Matcher matcher = LONG_OPTION.matcher(page.text());
            while (matcher.find()) {
                mentioned.add(matcher.group());
            }
            mentioned.removeAll(known);

            assertEquals(Set.of(), mentioned, page.toString());
        }
    }

    private static void collect(CommandLine line, Set<String> known) {
        known.addAll(line.getCommandSpec().optionsMap().keySet());
        line.getSubcommands().values().forEach(command -> collect(command, known));
    }

    @Test
    void every_command_is_in_the_readme() {
        String readme = Document.read("README.rst").text();

        sections().forEach(section -> assertTrue(readme.contains(section.toString()), section.toString()));
        RACKER_LINE
                .getSubcommands()
                .keySet()
                .forEach(name -> assertTrue(readme.contains("``" + name + "``"), "racker " + name));
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

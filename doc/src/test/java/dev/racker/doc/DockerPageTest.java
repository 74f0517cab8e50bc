package dev.racker.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.Racker;
import dev.racker.doc.DockerPage.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Holds what is said about docker's commands and options against the real command line. */
class DockerPageTest {

    private static final String FILE = "doc/docker-differences.rst";
    private static final CommandLine RACKER = Racker.commandLine();
    private static final DockerPage DOCKER = DockerPage.read();

    @Test
    void the_tables_of_the_page_are_those_of_the_data() throws IOException {
        Document page = Document.read(FILE);
        List<String> renewed = DOCKER.renewed(page.lines());
        if (Boolean.getBoolean("racker.doc.write")) {
            Files.write(page.file(), renewed);
        }

        assertEquals(
                String.join("\n", renewed), Document.read(FILE).text(), "write them again: -Dracker.doc.write=true");
    }

    @Test
    void what_is_said_is_one_of_three_things_and_a_difference_is_explained() {
        List<Entry> all = new ArrayList<>(DOCKER.commands());
        all.addAll(DOCKER.options());

        for (Entry entry : all) {
            assertTrue(
                    Set.of("same", "differs", "unsupported").contains(entry.likeness()),
                    entry + " is \"" + entry.likeness() + "\"");
            assertEquals(entry.likeness().equals("same"), entry.why().isEmpty(), entry.toString());
        }
    }

    @Test
    void a_command_is_there_when_the_page_says_so() {
        Set<String> missing = names(DOCKER.commands(), true);
        missing.removeAll(commands(RACKER, ""));

        assertEquals(Set.of(), missing);
    }

    @Test
    void a_command_of_docker_that_is_there_is_said_to_be() {
        Set<String> unexpected = names(DOCKER.commands(), false);
        unexpected.retainAll(commands(RACKER, ""));

        assertEquals(Set.of(), unexpected);
    }

    @Test
    void an_option_of_run_is_there_when_the_page_says_so() {
        Set<String> missing = names(DOCKER.options(), true);
        missing.removeAll(options("run"));

        assertEquals(Set.of(), missing);
    }

    @Test
    void an_option_of_run_that_is_there_is_said_to_be() {
        Set<String> unexpected = names(DOCKER.options(), false);
        unexpected.retainAll(options("run"));

        assertEquals(Set.of(), unexpected);
    }

    @Test
    void an_option_of_run_that_docker_does_not_have_is_called_our_own() {
        Set<String> own = options("run");
        own.removeAll(names(DOCKER.options(), true));

        assertEquals(names(DOCKER.own(), true), own);
    }

    @Test
    void create_has_the_options_of_run_that_make_sense_for_it() {
        Set<String> missing = options("run");
        missing.removeAll(options("create"));
        missing.removeAll(Set.of("-d", "--detach", "--detach-keys"));

        assertEquals(Set.of(), missing);
    }

    private static Set<String> names(List<Entry> entries, boolean supported) {
        Set<String> names = new TreeSet<>();
        entries.stream()
                .filter(entry -> entry.isSupported() == supported)
                .forEach(entry -> names.addAll(entry.names()));
        return names;
    }

    private static Set<String> commands(CommandLine line, String prefix) {
        Set<String> names = new TreeSet<>();
        line.getSubcommands().forEach((name, command) -> {
            names.add(prefix + name);
            names.addAll(commands(command, prefix + name + " "));
        });
        return names;
    }

    private static Set<String> options(String command) {
        Set<String> names = new TreeSet<>();
        for (OptionSpec option :
                RACKER.getSubcommands().get(command).getCommandSpec().options()) {
            if (!option.inherited()) {
                names.addAll(List.of(option.names()));
            }
        }
        return names;
    }
}

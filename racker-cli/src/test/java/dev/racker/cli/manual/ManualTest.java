package dev.racker.cli.manual;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class ManualTest {
    @TempDir
    private Path share;

    /** A program with what command lines have: values, choices, aliases, nesting, hidden parts, awkward characters. */
    @CommandLine.Command(
            name = "ship",
            version = "ship 1.2",
            mixinStandardHelpOptions = true,
            description = "Moves cargo. And more of it.",
            subcommands = {Load.class, Crew.class, Secret.class})
    static class Ship {
        public static CommandLine commandLine() {
            return new CommandLine(new Ship());
        }
    }

    enum When {
        always,
        never
    }

    @CommandLine.Command(
            name = "load",
            aliases = "fill",
            description = {"Loads @|bold cargo|@, 100%% of it:%n.dotted line with a \\ in it.", "", "Don't drop it."},
            exitCodeListHeading = "Exit status%n",
            exitCodeList = {"0:done", "125:broken"},
            footerHeading = "Examples:%n",
            footer = "  ship load --when=always box")
    static class Load {
        @Option(
                names = {"-w", "--when"},
                paramLabel = "WHEN",
                description = "When [not: now]; one of ${COMPLETION-CANDIDATES}.")
        When when;

        @Option(
                names = {"-f", "--from"},
                paramLabel = "FILE",
                description = "It's a file.")
        Path from;

        @Option(names = "--hidden", hidden = true)
        boolean hidden;

        @Parameters(index = "0", paramLabel = "CARGO", description = "What to load.")
        String cargo;

        @Parameters(index = "1..*", paramLabel = "MORE", arity = "0..*")
        List<String> more;
    }

    @CommandLine.Command(name = "crew", description = "Looks after people.", subcommands = Hire.class)
    static class Crew {}

    @CommandLine.Command(name = "hire", description = "Hires somebody.")
    static class Hire {
        @Option(names = "--how", paramLabel = "fast|slow|HOW|-", description = "How.")
        String how;

        @Option(names = "--name", description = "Whom.")
        String name;
    }

    @CommandLine.Command(name = "secret", hidden = true)
    static class Secret {}

    private String written(String path) throws IOException {
        return Files.readString(share.resolve(path));
    }

    private void write() throws Exception {
        Manual.main(new String[] {share.toString(), Ship.class.getName()});
    }

    @Test
    void every_visible_command_gets_a_page_of_its_own() throws Exception {
        write();

        try (Stream<Path> pages = Files.list(share.resolve("man/man1"))) {
            Set<String> names = pages.map(page -> page.getFileName().toString()).collect(Collectors.toSet());
            assertEquals(Set.of("ship.1", "ship-load.1", "ship-crew.1", "ship-crew-hire.1"), names);
        }
    }

    @Test
    void a_page_says_what_the_help_says() throws Exception {
        write();

        assertEquals("""
                .TH "SHIP\\-LOAD" "1" "" "ship 1.2" "Racker"
                .SH "NAME"
                ship\\-load \\- Loads cargo, 100% of it: .dotted line with a \\e in it
                .SH "SYNOPSIS"
                \\fBship load\\fR [\\fIOPTIONS\\fR] \\fICARGO\\fR [\\fIMORE\\fR...]
                .SH "DESCRIPTION"
                Loads cargo, 100% of it:
                \\&.dotted line with a \\e in it.
                .PP
                Don't drop it.
                .SH "ARGUMENTS"
                .TP
                \\fICARGO\\fR
                What to load.
                .SH "OPTIONS"
                .TP
                \\fB\\-w\\fR, \\fB\\-\\-when\\fR=\\fIWHEN\\fR
                When [not: now]; one of always, never.
                .TP
                \\fB\\-f\\fR, \\fB\\-\\-from\\fR=\\fIFILE\\fR
                It's a file.
                .SH "EXIT STATUS"
                .TP
                \\fB0\\fR
                done
                .TP
                \\fB125\\fR
                broken
                .SH "EXAMPLES"
                .br
                ship load \\-\\-when=always box
                .br
                .SH "SEE ALSO"
                \\fBship\\fR(1), \\fBsystemd\\-nspawn\\fR(1)
                """, written("man/man1/ship-load.1"));
    }

    @Test
    void the_page_of_the_program_names_its_commands_and_their_aliases() throws Exception {
        write();
        String page = written("man/man1/ship.1");

        assertAll(
                () -> assertTrue(page.contains("\\fBload\\fR, \\fBfill\\fR\nLoads cargo"), page),
                () -> assertTrue(page.contains("\\fBship\\-crew\\fR(1)"), page),
                () -> assertFalse(page.contains("secret"), page));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ship ''                   | load fill crew -h --help -V --version",
                "ship l                    | load",
                "ship load --              | --when --from",
                "ship fill --w             | --when",
                "ship load --when ''       | always never",
                "ship load -w a            | always",
                "ship load --when = n      | never",
                "ship load --from ''       | ''",
                "ship crew ''              | hire",
                "ship crew hire --         | --how --name",
                "ship crew hire --how ''   | fast slow",
                "ship crew hire --how = s  | slow",
                "ship --help cr            | crew",
            })
    void bash_completes(String typed, String expected) throws Exception {
        write();
        String script = share.resolve("bash-completion/completions/ship").toString();

        String completed = new CommandRunner()
                .run(Command.of(
                        "bash",
                        "-uc",
                        "source \"$0\"; COMP_WORDS=(" + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                                + " _ship; echo \"${COMPREPLY[@]-}\"",
                        script))
                .text()
                .strip();

        assertEquals(new TreeSet<>(words(expected)), new TreeSet<>(words(completed)));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.replace("''", "").split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Test
    void zsh_gets_options_with_escaped_descriptions_and_a_function_for_each_command() throws Exception {
        write();
        String script = written("zsh/site-functions/_ship");

        assertAll(
                () -> assertTrue(script.startsWith("#compdef ship\n"), script),
                () -> assertTrue(
                        script.contains("'*--when=[When \\[not\\: now\\]; one of always, never]:WHEN:(always never)'"),
                        script),
                () -> assertTrue(script.contains("'*-f+[It'\\''s a file]:FILE:_files'"), script),
                () -> assertTrue(script.contains("load | fill) _ship_load ;;"), script),
                () -> assertTrue(script.contains("_ship_crew_hire() {"), script),
                () -> assertTrue(script.contains("'*--how=[How]:fast|slow|HOW|-:(fast slow)'"), script),
                () -> assertFalse(script.contains("secret") || script.contains("hidden"), script));
    }

    @Test
    void fish_offers_options_only_after_their_command() throws Exception {
        write();
        String script = written("fish/vendor_completions.d/ship.fish");

        assertAll(
                () -> assertTrue(
                        script.contains("complete -c ship -n '__fish_seen_subcommand_from load fill' -s w -l when"
                                + " -x -a 'always never' -d 'When [not: now]; one of always, never'\n"),
                        script),
                () -> assertTrue(script.contains(" -l how -x -a 'fast slow' -d 'How'\n"), script),
                () -> assertTrue(script.contains(" -s f -l from -r -d 'It\\'s a file'\n"), script),
                () -> assertTrue(
                        script.contains("complete -c ship -n '__fish_seen_subcommand_from crew; and not"
                                + " __fish_seen_subcommand_from hire' -f -a 'hire' -d 'Hires somebody'\n"),
                        script),
                () -> assertFalse(script.contains("secret") || script.contains("hidden"), script));
    }

    @Test
    void a_class_without_a_command_line_is_refused() {
        assertAll(
                () -> assertThrows(
                        NoSuchMethodException.class,
                        () -> Manual.main(new String[] {share.toString(), "java.lang.String"})),
                () -> assertThrows(IllegalArgumentException.class, () -> Manual.main(new String[] {share.toString()})));
    }
}

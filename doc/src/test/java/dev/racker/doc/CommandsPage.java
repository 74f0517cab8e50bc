package dev.racker.doc;

import dev.racker.cli.Racker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page {@code doc/commands.rst}, made of the command line itself. */
final class CommandsPage {

    private static final int WIDTH = 120;

    private final StringBuilder page = new StringBuilder();

    private CommandsPage() {}

    /** The text of the page. */
    static String text() {
        CommandsPage made = new CommandsPage();
        made.heading("Commands of ``racker``", '=');
        made.paragraph("This page is made of the program's own help. `Using racker <usage.rst>`_ explains what belongs"
                + " together, and `What differs from docker <docker-differences.rst>`_ compares.");
        made.page.append(".. contents::\n   :local:\n   :depth: 1\n\n");
        commands(Racker.commandLine()).forEach(command -> made.command(command, '-'));
        return made.page.toString().stripTrailing() + "\n";
    }

    /** Writes the page again. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Document.PROJECT.resolve("doc/commands.rst"), text());
    }

    private void command(CommandLine line, char underline) {
        CommandSpec spec = line.getCommandSpec();
        heading(spec.qualifiedName(), underline);
        page.append("::\n\n");
        wrap(synopsis(spec), "    ");
        page.append('\n');
        paragraph(literal(String.join(" ", spec.usageMessage().description())));
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            item("``" + parameter.paramLabel() + "``", parameter.description());
        }
        for (OptionSpec option : options(spec)) {
            item("``" + String.join("``, ``", names(option)) + "``", option.description());
        }
        commands(line).forEach(sub -> command(sub, '~'));
    }

    /** Each once: a command with further names is there under each of them. */
    private static List<CommandLine> commands(CommandLine line) {
        return line.getSubcommands().values().stream().distinct().toList();
    }

    /** One line that names what is no option; the list below has those. */
    private static String synopsis(CommandSpec spec) {
        StringBuilder text = new StringBuilder(spec.qualifiedName()).append(" [OPTIONS]");
        if (!spec.subcommands().isEmpty()) {
            return text.append(" COMMAND").toString();
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            String label = parameter.paramLabel();
            boolean many = parameter.arity().max() > 1 || parameter.index().max() > 10;
            boolean optional = parameter.arity().min() == 0;
            text.append(' ')
                    .append(optional ? "[" : "")
                    .append(label)
                    .append(many ? "..." : "")
                    .append(optional ? "]" : "");
        }
        return text.toString();
    }

    private static List<OptionSpec> options(CommandSpec spec) {
        return spec.options().stream()
                .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                .filter(option -> !option.inherited())
                .sorted((a, b) -> a.longestName().compareTo(b.longestName()))
                .toList();
    }

    private static List<String> names(OptionSpec option) {
        boolean takesValue = option.arity().max() > 0;
        return Arrays.stream(option.names())
                .map(name -> takesValue && name.equals(option.longestName()) ? name + "=" + option.paramLabel() : name)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void heading(String text, char underline) {
        if (underline == '=') {
            page.append("=".repeat(text.length())).append('\n');
        }
        page.append(text).append('\n');
        page.append(String.valueOf(underline).repeat(text.length())).append("\n\n");
    }

    private void paragraph(String text) {
        wrap(text, "");
        page.append('\n');
    }

    private void item(String term, String[] description) {
        page.append(term).append('\n');
        wrap(literal(String.join(" ", description)), "    ");
        page.append('\n');
    }

    /** What reStructuredText would take for markup. */
    private static String literal(String text) {
        return text.replace("%%", "%")
                .replace("\\", "\\\\")
                .replace("*", "\\*")
                .replace("|", "\\|")
                .replace("`", "\\`");
    }

    private void wrap(String text, String indent) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() > indent.length() && line.length() + word.length() + 1 > WIDTH) {
                page.append(line).append('\n');
                line.setLength(indent.length());
            }
            line.append(line.length() == indent.length() ? "" : " ").append(word);
        }
        page.append(line).append('\n');
    }
}

package dev.racker.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page, section 1, of one command. */
final class ManualPage {
    private final CommandSpec command;
    private final UsageMessageSpec usage;

    ManualPage(CommandSpec command) {
        this.command = command;
        this.usage = command.usageMessage();
    }

    /** The name under which man finds a command: {@code racker-run}. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    String text() {
        Roff page = new Roff();
        page.macro("TH", name(command).toUpperCase(Locale.ROOT), "1", "", version(), "Racker");
        page.macro("SH", "NAME").raw(Roff.escape(name(command)) + " \\- " + Roff.escape(Commands.summary(command)));
        synopsis(page);
        page.macro("SH", "DESCRIPTION").text(Commands.lines(usage.description()));
        arguments(page);
        options(page);
        commands(page);
        statuses(page);
        if (usage.footer().length > 0) {
            page.macro("SH", heading(usage.footerHeading(), "NOTES")).text(Commands.lines(usage.footer()));
        }
        seeAlso(page);
        return page.toString();
    }

    private String version() {
        String[] version = command.root().version();
        return version.length == 0 ? "" : version[0];
    }

    private void synopsis(Roff page) {
        page.macro("SH", "SYNOPSIS");
        if (usage.customSynopsis().length > 0) {
            page.text(Commands.lines(usage.customSynopsis()));
            return;
        }
        List<String> words = new ArrayList<>();
        words.add(Roff.bold(command.qualifiedName(" ")));
        if (!Commands.options(command).isEmpty()) {
            words.add("[" + Roff.italic("OPTIONS") + "]");
        }
        for (PositionalParamSpec positional : Commands.positionals(command)) {
            words.add(argument(positional));
        }
        if (!Commands.children(command).isEmpty()) {
            words.add(Roff.italic("COMMAND"));
        }
        page.raw(String.join(" ", words));
    }

    private static String argument(PositionalParamSpec positional) {
        String label =
                Roff.italic(positional.paramLabel()) + (positional.arity().max() > 1 ? "..." : "");
        return positional.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private void arguments(Roff page) {
        List<PositionalParamSpec> described = Commands.positionals(command).stream()
                .filter(positional -> positional.description().length > 0)
                .toList();
        if (!described.isEmpty()) {
            page.macro("SH", "ARGUMENTS");
            described.forEach(positional -> entry(page, argument(positional), positional));
        }
    }

    private void options(Roff page) {
        List<OptionSpec> options = Commands.options(command);
        if (!options.isEmpty()) {
            page.macro("SH", "OPTIONS");
            options.forEach(option -> entry(page, names(option), option));
        }
    }

    private static String names(OptionSpec option) {
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            names.add(Roff.bold(name));
        }
        String text = String.join(", ", names);
        if (!Commands.takesValue(option)) {
            return text;
        }
        String value = (option.longestName().startsWith("--") ? "=" : " ") + Roff.italic(option.paramLabel());
        return text + (option.arity().min() == 0 ? "[" + value + "]" : value);
    }

    private static void entry(Roff page, String tag, ArgSpec argument) {
        page.macro("TP").raw(tag);
        page.text(Commands.lines(argument.description()));
    }

    private void commands(Roff page) {
        List<CommandSpec> children = Commands.children(command);
        if (!children.isEmpty()) {
            page.macro("SH", "COMMANDS");
            for (CommandSpec child : children) {
                List<String> names =
                        Commands.names(child).stream().map(Roff::bold).toList();
                page.macro("TP").raw(String.join(", ", names)).text(Commands.summary(child) + ".");
            }
        }
    }

    private void statuses(Roff page) {
        if (!usage.exitCodeList().isEmpty()) {
            page.macro("SH", "EXIT STATUS");
            for (Map.Entry<String, String> status : usage.exitCodeList().entrySet()) {
                page.macro("TP").raw(Roff.bold(status.getKey().strip())).text(Commands.lines(status.getValue()));
            }
        }
    }

    private void seeAlso(Roff page) {
        List<String> pages = new ArrayList<>();
        if (command.parent() != null) {
            pages.add(name(command.parent()));
        }
        Commands.children(command).forEach(child -> pages.add(name(child)));
        pages.add("systemd-nspawn");
        page.macro("SH", "SEE ALSO");
        page.raw(String.join(
                ", ", pages.stream().map(name -> Roff.bold(name) + "(1)").toList()));
    }

    private static String heading(String given, String otherwise) {
        String plain =
                given == null ? "" : String.join(" ", Commands.lines(given)).strip();
        return plain.isEmpty() ? otherwise : plain.replaceFirst(":$", "").toUpperCase(Locale.ROOT);
    }
}

package dev.racker.cli.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What manual pages and completions ask picocli's model for. */
final class Commands {
    private Commands() {}

    /** The visible sub-commands, each once, in the order of the program's help. */
    static List<CommandSpec> children(CommandSpec command) {
        Set<CommandSpec> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<CommandSpec> children = new ArrayList<>();
        for (CommandLine child : command.subcommands().values()) {
            CommandSpec spec = child.getCommandSpec();
            if (!spec.usageMessage().hidden() && seen.add(spec)) {
                children.add(spec);
            }
        }
        return children;
    }

    /** The name and the aliases. */
    static List<String> names(CommandSpec command) {
        List<String> names = new ArrayList<>();
        names.add(command.name());
        names.addAll(Arrays.asList(command.aliases()));
        return names;
    }

    static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream().filter(option -> !option.hidden()).toList();
    }

    static List<PositionalParamSpec> positionals(CommandSpec command) {
        return command.positionalParameters().stream()
                .filter(positional -> !positional.hidden())
                .toList();
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /**
     * The values that an option or argument knows by name; empty when it takes any. In a label such as
     * {@code table|json|TEMPLATE} the words in lower case are values.
     */
    static List<String> choices(ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        List<String> choices = new ArrayList<>();
        if (candidates != null) {
            candidates.forEach(choices::add);
        } else if (argument.paramLabel().indexOf('|') > 0) {
            for (String word : argument.paramLabel().split("\\|")) {
                if (word.matches("[a-z][a-z0-9-]*")) {
                    choices.add(word);
                }
            }
        }
        return choices;
    }

    /** The first sentence of a description, on one line, without its full stop. */
    static String summary(String... description) {
        String text = String.join(" ", lines(description)).strip();
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    static String summary(CommandSpec command) {
        return summary(command.usageMessage().description());
    }

    /** Picocli's text as plain lines: no colours, and its formatting directives resolved. */
    static List<String> lines(String... text) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text) {
            String plain = Ansi.OFF.string(paragraph).replace("%n", "\n").replace("%%", "%");
            lines.addAll(Arrays.asList(plain.split("\n", -1)));
        }
        return lines;
    }
}

package dev.racker.cli.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish: one line for each sub-command and option, with the condition under which it is offered. */
final class FishCompletion {
    String of(CommandSpec program) {
        StringBuilder script = new StringBuilder();
        script.append("# fish completion for ").append(program.name()).append(", made by its installer\n");
        collect(script, program.name(), program, "");
        return script.toString();
    }

    private void collect(StringBuilder script, String program, CommandSpec command, String seen) {
        List<CommandSpec> children = Commands.children(command);
        String condition = condition(seen, children);
        for (CommandSpec child : children) {
            for (String name : Commands.names(child)) {
                script.append("complete -c %s -n %s -f -a %s -d %s\n"
                        .formatted(program, condition, quote(name), quote(Commands.summary(child))));
            }
        }
        for (OptionSpec option : Commands.options(command)) {
            script.append("complete -c %s -n %s%s -d %s\n"
                    .formatted(program, condition, words(option), quote(Commands.summary(option.description()))));
        }
        for (CommandSpec child : children) {
            String names = String.join(" ", Commands.names(child));
            String step = "__fish_seen_subcommand_from " + names;
            collect(script, program, child, seen.isEmpty() ? step : seen + "; and " + step);
        }
    }

    private static String condition(String seen, List<CommandSpec> children) {
        if (children.isEmpty()) {
            return quote(seen.isEmpty() ? "true" : seen);
        }
        List<String> names = new ArrayList<>();
        children.forEach(child -> names.addAll(Commands.names(child)));
        String none = "not __fish_seen_subcommand_from " + String.join(" ", names);
        return quote(seen.isEmpty() ? none : seen + "; and " + none);
    }

    private static String words(OptionSpec option) {
        StringBuilder words = new StringBuilder();
        for (String name : option.names()) {
            if (name.startsWith("--")) {
                words.append(" -l ").append(name.substring(2));
            } else {
                words.append(name.length() == 2 ? " -s " : " -o ").append(name.substring(1));
            }
        }
        if (Commands.takesValue(option)) {
            List<String> choices = Commands.choices(option);
            words.append(choices.isEmpty() ? " -r" : " -x -a " + quote(String.join(" ", choices)));
        }
        return words.toString();
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

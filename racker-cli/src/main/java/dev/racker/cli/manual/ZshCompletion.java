package dev.racker.cli.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for zsh: one function for each command, over _arguments and _describe. */
final class ZshCompletion {
    String of(CommandSpec program) {
        StringBuilder script = new StringBuilder();
        script.append("#compdef ").append(program.name()).append("\n# made by the installer\n");
        function(script, program);
        script.append("\n").append(function(program)).append(" \"$@\"\n");
        return script.toString();
    }

    private void function(StringBuilder script, CommandSpec command) {
        List<CommandSpec> children = Commands.children(command);
        script.append("\n").append(function(command)).append("() {\n");
        script.append("    local context state line\n    typeset -A opt_args\n");
        script.append("    _arguments -C -S");
        for (OptionSpec option : Commands.options(command)) {
            script.append(" \\\n        ").append(argument(option));
        }
        if (children.isEmpty()) {
            script.append(" \\\n        '*:argument:_files'\n");
        } else {
            script.append(" \\\n        '1: :->command' \\\n        '*:: :->argument'\n");
            dispatch(script, children);
        }
        script.append("}\n");
        children.forEach(child -> function(script, child));
    }

    private static void dispatch(StringBuilder script, List<CommandSpec> children) {
        script.append("    case $state in\n    command)\n        local -a commands=(\n");
        for (CommandSpec child : children) {
            for (String name : Commands.names(child)) {
                script.append("            ")
                        .append(quote(name.replace(":", "\\:") + ":" + Commands.summary(child)))
                        .append('\n');
            }
        }
        script.append("        )\n        _describe command commands\n        ;;\n");
        script.append("    argument)\n        case $line[1] in\n");
        for (CommandSpec child : children) {
            script.append("        ")
                    .append(String.join(" | ", Commands.names(child)))
                    .append(") ")
                    .append(function(child))
                    .append(" ;;\n");
        }
        script.append("        esac\n        ;;\n    esac\n");
    }

    private static String argument(OptionSpec option) {
        String description = "[" + plain(Commands.summary(option.description())) + "]";
        String value = "";
        if (Commands.takesValue(option)) {
            List<String> choices = Commands.choices(option);
            value = ":" + plain(option.paramLabel()) + ":"
                    + (choices.isEmpty() ? "_files" : "(" + String.join(" ", choices) + ")");
        }
        // A star: most options may be given more than once, and the program itself says when not.
        List<String> alternatives = new ArrayList<>();
        for (String name : option.names()) {
            String glue = value.isEmpty() ? "" : name.startsWith("--") ? "=" : "+";
            alternatives.add(quote("*" + name + glue + description + value));
        }
        return String.join(" \\\n        ", alternatives);
    }

    private static String function(CommandSpec command) {
        return "_" + command.qualifiedName("_").replace('-', '_');
    }

    private static String plain(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

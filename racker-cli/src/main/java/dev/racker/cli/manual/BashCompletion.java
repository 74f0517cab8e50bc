package dev.racker.cli.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for bash: words of the command that is being typed, the values an option knows, else file names. */
final class BashCompletion {
    private final StringBuilder paths = new StringBuilder();
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder values = new StringBuilder();

    String of(CommandSpec program) {
        collect(program);
        String name = program.name();
        return """
                # bash completion for %1$s, made by its installer

                _%1$s() {
                    local word words= path=%1$s i
                    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
                    # --option=value comes as three words.
                    if [[ $current == = ]]; then
                        current=
                    elif [[ $previous == = ]]; then
                        previous=${COMP_WORDS[COMP_CWORD - 2]}
                    fi
                    for ((i = 1; i < COMP_CWORD; i++)); do
                        word=${COMP_WORDS[i]}
                        case "$path $word" in
                %2$s        esac
                    done
                    case "$path $previous" in
                %3$s    *)
                        case $path in
                %4$s        esac
                        ;;
                    esac
                    COMPREPLY=($(compgen -W "$words" -- "$current"))
                }

                complete -o default -F _%1$s %1$s
                """.formatted(name, paths, values, words);
    }

    private void collect(CommandSpec command) {
        String path = command.qualifiedName(" ");
        List<String> known = new ArrayList<>();
        for (CommandSpec child : Commands.children(command)) {
            List<String> patterns = new ArrayList<>();
            for (String name : Commands.names(child)) {
                patterns.add("'" + path + " " + name + "'");
                known.add(name);
            }
            paths.append(
                    "        %s) path='%s' ;;\n".formatted(String.join(" | ", patterns), child.qualifiedName(" ")));
        }
        for (OptionSpec option : Commands.options(command)) {
            known.addAll(List.of(option.names()));
            if (Commands.takesValue(option)) {
                List<String> patterns = new ArrayList<>();
                for (String name : option.names()) {
                    patterns.add("'" + path + " " + name + "'");
                }
                values.append("    %s) words='%s' ;;\n"
                        .formatted(String.join(" | ", patterns), String.join(" ", Commands.choices(option))));
            }
        }
        words.append("        '%s') words='%s' ;;\n".formatted(path, String.join(" ", known)));
        Commands.children(command).forEach(this::collect);
    }
}

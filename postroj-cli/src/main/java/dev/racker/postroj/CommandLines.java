package dev.racker.postroj;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Command lines as users typed them, for reports. */
final class CommandLines {

    private CommandLines() {}

    /** The words of the call, the program's name first. */
    static List<String> of(CommandSpec command) {
        List<String> words = new ArrayList<>();
        words.add("postroj");
        words.addAll(command.root().commandLine().getParseResult().originalArgs());
        return words;
    }
}

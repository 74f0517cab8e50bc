package dev.racker.cli;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.WhenCancelled;
import dev.racker.harness.process.CommandRunner;

/** This process's terminal, which hands on each key as it is pressed and shows nothing by itself, until this is closed. */
final class RawTerminal implements AutoCloseable {

    private final CommandRunner runner;
    private final String before;

    private RawTerminal(CommandRunner runner, String before) {
        this.runner = runner;
        this.before = before;
    }

    static RawTerminal open(CommandRunner runner) {
        RawTerminal terminal = new RawTerminal(runner, stty(runner, "-g").strip());
        stty(runner, "raw", "-echo");
        return terminal;
    }

    /** Rows and columns. */
    int[] size() {
        String[] words = stty(runner, "size").strip().split(" ");
        return new int[] {Integer.parseInt(words[0]), Integer.parseInt(words[1])};
    }

    private static String stty(CommandRunner runner, String... arguments) {
        return runner.run(Command.of("stty")
                        .with(arguments)
                        .stdin(Input.inherit())
                        .whenCancelled(WhenCancelled.GO_ON))
                .text();
    }

    @Override
    public void close() {
        stty(runner, before);
    }
}

package dev.racker.harness.process;

import java.time.Duration;

/** Runs real programs. */
abstract class ProgramCase {

    static final int MEGABYTE = 1 << 20;
    static final Duration SOON = Duration.ofSeconds(20);

    final CommandRunner runner = new CommandRunner();

    static Command shell(String script) {
        return Command.of("sh", "-c", script);
    }
}

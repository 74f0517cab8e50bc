package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.images.Catalogue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** A call of racker in this process whose output is kept. */
final class TestSession {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Session session;

    TestSession(Map<String, String> environment) {
        session = new Session(
                "racker",
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                () -> Catalogue.fromEnvironment(environment));
    }

    /** With its state, cache and runtime directories below this one. */
    static TestSession in(Path directory) {
        Map<String, String> environment = new HashMap<>();
        environment.put("RACKER_STATE_DIR", directory.resolve("state").toString());
        environment.put("RACKER_CACHE_DIR", directory.resolve("cache").toString());
        environment.put("RACKER_RUN_DIR", directory.resolve("run").toString());
        return new TestSession(environment);
    }

    Session session() {
        return session;
    }

    int run(String... args) {
        out.reset();
        err.reset();
        return Racker.execute(session, args);
    }

    /** What a command would be called with. */
    static ParseResult parse(String... args) {
        CommandLine line = Racker.commandLine();
        return line.parseArgs(args).subcommand();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

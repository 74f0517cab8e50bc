package dev.racker.harness.distribution;

import dev.racker.harness.distribution.PackageTool.Reading;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Runs the programs of one transaction, each in a service of its own, and keeps what they say. */
final class TransactionRun {

    /** Messages are read by us, so they are English; whatever else the image's language decides stays. */
    private static final List<String> LANGUAGE = List.of("LC_ALL=", "LANGUAGE=", "LC_MESSAGES=C");

    /** Both streams into one, so that what was said keeps its order. */
    private static final List<String> TOGETHER = List.of("/bin/sh", "-c", "exec \"$@\" 2>&1", "sh");

    private final Machine machine;
    private final PackageTool tool;
    private final Duration timeout;
    private final List<String> shown = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private final long start = System.nanoTime();

    TransactionRun(Machine machine, PackageTool tool, Duration timeout) {
        this.machine = machine;
        this.tool = tool;
        this.timeout = timeout;
    }

    /** Runs them in order until one fails. */
    Transaction run(List<List<String>> commands) {
        return run(commands, tool::read, false);
    }

    /** The same, with another way to read how they end, and whether one that does not is a repository's fault. */
    Transaction run(
            List<List<String>> commands, BiFunction<Integer, String, Reading> reader, boolean lateIsUnreachable) {
        CommandResult result = null;
        Reading reading = Reading.GOOD;
        for (List<String> command : commands) {
            try {
                result = execute(command);
                reading = reader.apply(result.status(), result.text());
            } catch (CommandException late) {
                result = printed(late);
                reading = new Reading(command.get(0) + " did not end within " + seconds() + " s", lateIsUnreachable);
            }
            if (!reading.good()) {
                break;
            }
        }
        return transaction(result == null ? 0 : result.status(), reading);
    }

    /** A transaction that ended with a question, because its answer forbids the rest. */
    Transaction refuse(List<String> question, String reason) {
        CommandResult result = execute(question);
        return transaction(result.status(), Reading.failed(reason));
    }

    /** Adds a line of our own to the log. */
    void note(String line) {
        log.append("postroj: ").append(line).append('\n');
    }

    private CommandResult execute(List<String> command) {
        List<String> arguments = new ArrayList<>(TOGETHER);
        arguments.addAll(command);
        List<String> environment = new ArrayList<>(LANGUAGE);
        environment.addAll(tool.environment());
        shown.add(shown(command));
        CommandResult result =
                machine.run(Payload.of(arguments).env(environment).timeout(timeout));
        log(result);
        return result;
    }

    /** What a program had printed that did not end in time; it was killed. */
    private CommandResult printed(CommandException late) {
        if (late.reason() != CommandException.Reason.TIMEOUT) {
            throw late;
        }
        CommandResult result = late.result().orElseThrow(() -> late);
        log(result);
        return result;
    }

    private void log(CommandResult result) {
        String said = result.errorText().isEmpty() ? result.text() : result.text() + "\n" + result.errorText();
        if (!said.isEmpty()) {
            log.append(said).append('\n');
        }
    }

    private String seconds() {
        return timeout.toMillisPart() == 0
                ? Long.toString(timeout.toSeconds())
                : Double.toString(timeout.toMillis() / 1000.0);
    }

    private String shown(List<String> command) {
        Command line = Command.of(command);
        for (String variable : tool.environment()) {
            int equal = variable.indexOf('=');
            line = line.env(variable.substring(0, equal), variable.substring(equal + 1));
        }
        return line.toString();
    }

    private Transaction transaction(int status, Reading reading) {
        return new Transaction(
                String.join(" && ", shown),
                status,
                reading.good(),
                reading.unreachable(),
                reading.reason(),
                log.toString(),
                Duration.ofNanos(System.nanoTime() - start));
    }
}

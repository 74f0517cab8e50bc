package dev.racker.harness.distribution;

import dev.racker.harness.distribution.PackageTool.Reading;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Runs the programs of one transaction, each in a service of its own, and keeps what they say. */
final class TransactionRun {

    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** Messages are read by us, so they are English; whatever else the image's language decides stays. */
    private static final List<String> LANGUAGE = List.of("LC_ALL=", "LANGUAGE=", "LC_MESSAGES=C");

    /** Both streams into one, so that what was said keeps its order. */
    private static final List<String> TOGETHER = List.of("/bin/sh", "-c", "exec \"$@\" 2>&1", "sh");

    private final Machine machine;
    private final PackageTool tool;
    private final List<String> shown = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private final long start = System.nanoTime();

    TransactionRun(Machine machine, PackageTool tool) {
        this.machine = machine;
        this.tool = tool;
    }

    /** Runs them in order until one fails. */
    Transaction run(List<List<String>> commands) {
        return run(commands, tool::read);
    }

    /** The same, with another way to read how they end. */
    Transaction run(List<List<String>> commands, BiFunction<Integer, String, Reading> reader) {
        CommandResult result = null;
        Reading reading = Reading.GOOD;
        for (List<String> command : commands) {
            result = execute(command);
            reading = reader.apply(result.status(), result.text());
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
        CommandResult result =
                machine.run(Payload.of(arguments).env(environment).timeout(LONGEST));
        String said = result.errorText().isEmpty() ? result.text() : result.text() + "\n" + result.errorText();
        if (!said.isEmpty()) {
            log.append(said).append('\n');
        }
        shown.add(shown(command));
        return result;
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

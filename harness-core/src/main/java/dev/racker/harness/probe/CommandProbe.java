package dev.racker.harness.probe;

import dev.racker.harness.machine.Payload;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Checks what a command, run by the machine's {@code /bin/sh} in a service of its own, ends with and prints. */
public final class CommandProbe implements Probe {

    /** How long a command may take when nobody says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    private final String command;
    private final int status;
    private final TextPattern stdout;
    private final TextPattern stderr;
    private final Duration timeout;

    /**
     * Creates a check.
     *
     * @param command for the shell
     * @param status the exit status that it must end with
     * @param stdout what its standard output must hold; null for anything
     * @param stderr what its standard error must hold; null for anything
     * @param timeout how long it may take
     * @throws InvalidProbeException when the command is blank or there is no such status
     */
    public CommandProbe(String command, int status, TextPattern stdout, TextPattern stderr, Duration timeout) {
        if (command.isBlank()) {
            throw InvalidProbeException.of(
                    "the command check", command, "there is no command", "Write a line for the shell.");
        }
        if (status < 0 || status > 255) {
            throw InvalidProbeException.of(
                    "the command check",
                    command,
                    "no command ends with status " + status,
                    "Expect a status from 0 to 255.");
        }
        this.command = command;
        this.status = status;
        this.stdout = stdout;
        this.stderr = stderr;
        this.timeout = timeout;
    }

    /** One that must succeed, whatever it prints. */
    public static CommandProbe of(String command) {
        return new CommandProbe(command, 0, null, null, DEFAULT_TIMEOUT);
    }

    @Override
    public String kind() {
        return "command";
    }

    @Override
    public String subject() {
        return command;
    }

    @Override
    public List<ProbeResult> run(ProbeContext context) {
        return Findings.of(
                this, "status", Integer.toString(status), context.machine(), findings -> look(context, findings));
    }

    private List<ProbeResult> look(ProbeContext context, Findings findings) {
        CommandResult result;
        try {
            result = context.machine().run(Payload.of("/bin/sh", "-c", command).timeout(timeout));
        } catch (CommandException e) {
            if (e.reason() != CommandException.Reason.TIMEOUT) {
                throw e;
            }
            String printed = e.result().map(CommandProbe::printed).orElse("");
            return List.of(findings.fail(
                    "status", Integer.toString(status), "no end within " + Patience.seconds(timeout), () -> printed));
        }
        if (result.status() != status && !context.machine().hasInit()) {
            throw new Guest(context.machine()).ended();
        }
        List<ProbeResult> results = new ArrayList<>();
        String expected = Integer.toString(status);
        String actual = Integer.toString(result.status());
        results.add(
                result.status() == status
                        ? findings.pass("status", expected, actual)
                        : findings.fail("status", expected, actual, () -> printed(result)));
        stream(results, "stdout", stdout, result.text(), result, findings);
        stream(results, "stderr", stderr, result.errorText(), result, findings);
        return results;
    }

    private static void stream(
            List<ProbeResult> results,
            String name,
            TextPattern pattern,
            String text,
            CommandResult result,
            Findings findings) {
        if (pattern == null) {
            return;
        }
        results.add(
                pattern.isIn(text)
                        ? findings.pass(name, pattern.toString(), pattern.lineIn(text))
                        : findings.fail(
                                name,
                                pattern.toString(),
                                text.isEmpty() ? "nothing" : TextPattern.shown(text),
                                () -> printed(result)));
    }

    private static String printed(CommandResult result) {
        return Excerpt.endOf(result.text() + "\n" + result.errorText());
    }
}

package dev.racker.harness.machine;

import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Says why a machine did not become ready, from what it left and, when it still runs, from what it says. */
final class BootDiagnosis {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int MOST_LINES = 15;

    private final Machine machine;
    private final RandomAccessFile console;
    private final Duration timeout;

    /** Takes the open boot console, because its file goes with an ephemeral machine that has ended. */
    BootDiagnosis(Machine machine, RandomAccessFile console, Duration timeout) {
        this.machine = machine;
        this.console = console;
        this.timeout = timeout;
    }

    BootFailedException failure() {
        StringBuilder text = new StringBuilder("Tried to boot machine ").append(machine.name());
        boolean alive = machine.isAlive() && machine.leader() > 0;
        if (machine.isAlive()) {
            text.append(", but it was not ready after ")
                    .append(timeout.toSeconds())
                    .append(" s.");
        } else {
            text.append(", but it ended before it was ready.");
        }
        StringBuilder details = new StringBuilder();
        if (alive) {
            section(details, "Failed units", "systemctl", "--failed", "--no-legend", "--plain", "--no-pager");
            section(details, "Jobs still waiting", "systemctl", "list-jobs", "--no-legend", "--no-pager");
            section(details, "Journal", "journalctl", "--boot", "--no-pager", "--lines=" + MOST_LINES);
        }
        Path kept = null;
        try {
            byte[] said = new byte[(int) console.length()];
            console.seek(0);
            console.readFully(said);
            String last = lastLines(said);
            if (!last.isEmpty()) {
                details.append("\nBoot console:").append(last);
            }
            kept = keep(said);
        } catch (IOException e) {
            details.append("\nThe boot console could not be kept: ").append(e);
        }
        if (details.indexOf("inotify") >= 0 && details.indexOf("Too many open files") >= 0) {
            // All machines of a host share this limit of its root; without it their inits hang.
            return new BootFailedException(
                    text.append(details).toString(),
                    "Raise the host's limit, for example: sysctl fs.inotify.max_user_instances=1024");
        }
        return new BootFailedException(
                text.append(details).toString(),
                kept == null
                        ? "Raise --boot-timeout, or boot with --debug to see how the machine was started."
                        : "The whole boot console is in " + kept + ".");
    }

    private void section(StringBuilder details, String title, String... command) {
        try {
            CommandResult result = machine.tool(List.of(command), LOOK);
            String text = result.text();
            if (!text.isEmpty() && !text.startsWith("No jobs")) {
                details.append('\n').append(title).append(':').append(indent(text.split("\n")));
            }
        } catch (CommandException e) {
            details.append('\n').append(title).append(": not known, ").append(e.reason());
        }
    }

    private static String lastLines(byte[] log) {
        return indent(new String(log, StandardCharsets.UTF_8)
                .replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|\r", "")
                .stripTrailing()
                .split("\n"));
    }

    private static String indent(String[] lines) {
        StringBuilder text = new StringBuilder();
        for (int i = Math.max(0, lines.length - MOST_LINES); i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                text.append("\n  ").append(lines[i].stripTrailing());
            }
        }
        return text.toString();
    }

    /** An ephemeral container takes its log with it, so a failed boot's is put aside. */
    private Path keep(byte[] log) throws IOException {
        MachinePlace place = machine.spec().place();
        if (!place.ephemeral()) {
            return place.bootLog();
        }
        Path kept = place.failures().resolve(machine.name() + ".log");
        Files.createDirectories(kept.getParent());
        Files.write(kept, log);
        return kept;
    }
}

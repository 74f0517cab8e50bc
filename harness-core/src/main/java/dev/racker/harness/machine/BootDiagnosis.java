package dev.racker.harness.machine;

import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Says why a machine did not become ready, from what it left and, when it still runs, from what it says. */
final class BootDiagnosis {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final String JOBS = "Jobs still waiting";

    private static final int MOST_LINES = 15;

    private final Machine machine;
    private final BootConsole console;
    private final Duration timeout;

    BootDiagnosis(Machine machine, BootConsole console, Duration timeout) {
        this.machine = machine;
        this.console = console;
        this.timeout = timeout;
    }

    BootFailedException failure() {
        StringBuilder text = new StringBuilder("Tried to boot machine ").append(machine.name());
        String printed = console.text();
        if (isStarved(printed)) {
            return starved(text, printed);
        }
        boolean alive = machine.isAlive() && machine.leader() > 0;
        if (machine.isAlive()) {
            text.append(", but it was not ready after ")
                    .append(timeout.toSeconds())
                    .append(" s.");
        } else if (machine.ranOutOfMemory()) {
            return outOfMemory(text, printed);
        } else {
            text.append(", but it ended before it was ready.");
        }
        StringBuilder details = new StringBuilder();
        if (alive) {
            section(details, "Failed units", "systemctl", "--failed", "--no-legend", "--plain", "--no-pager");
            section(details, JOBS, "systemctl", "list-jobs", "--no-legend", "--no-pager");
            section(details, "Journal", "journalctl", "--boot", "--no-pager", "--lines=" + MOST_LINES);
        }
        if (!printed.isBlank()) {
            details.append("\nBoot console:").append(lastLines(printed));
        }
        Path kept = keep(printed, details);
        return new BootFailedException(
                text.append(details).toString(),
                kept == null
                        ? "Raise --boot-timeout, or boot with --debug to see how the machine was started."
                        : "The whole boot console is in " + kept + ".",
                kept);
    }

    /** All machines of a host share this limit of its root; beyond it their inits hang, or end. */
    static boolean isStarved(String printed) {
        return printed.contains("inotify") && printed.contains("Too many open files");
    }

    private static BootFailedException starved(StringBuilder text, String printed) {
        text.append(", but this host has no inotify instances left for it.\nBoot console:")
                .append(lastLines(printed));
        return new BootFailedException(
                text.toString(), "Raise the host's limit: sysctl -w fs.inotify.max_user_instances=1024", null);
    }

    private BootFailedException outOfMemory(StringBuilder text, String printed) {
        text.append(", but it ran out of memory, and the kernel ended a process of it: it may use ")
                .append(MemorySize.text(machine.spec().limits().memory()))
                .append(".\nBoot console:")
                .append(lastLines(printed));
        return new BootFailedException(text.toString(), "Give it more with --memory.", null);
    }

    private void section(StringBuilder details, String title, String... command) {
        try {
            CommandResult result = machine.tool(List.of(command), LOOK);
            String text = result.text();
            if (!text.isEmpty() && !text.startsWith("No jobs")) {
                details.append('\n')
                        .append(title)
                        .append(':')
                        .append(indent(title.equals(JOBS) ? runningFirst(text.split("\n")) : text.split("\n")));
            }
        } catch (CommandException e) {
            details.append('\n').append(title).append(": not known, ").append(e.reason());
        }
    }

    /** Of the jobs, those that others wait for, and as many others as are shown. */
    static String[] runningFirst(String[] lines) {
        List<String> sorted = new ArrayList<>(lines.length);
        for (String line : lines) {
            if (line.stripTrailing().endsWith(" start running")) {
                sorted.add(line);
            }
        }
        for (String line : lines) {
            if (!line.stripTrailing().endsWith(" start running")) {
                sorted.add(line);
            }
        }
        return sorted.stream().limit(MOST_LINES).toArray(String[]::new);
    }

    /** Without colours, and of each row of stars that moves only where it came to. */
    static String lastLines(String printed) {
        return indent(printed.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|\u001b[A-Z]|\r", "")
                .replaceAll("(?m)^\\[[* ]{6}\\] .*\n(?=\\[[* ]{6}\\] )", "")
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
    private Path keep(String printed, StringBuilder details) {
        MachinePlace place = machine.spec().place();
        if (!place.ephemeral()) {
            return place.bootLog();
        }
        Path kept = place.failures().resolve(machine.name() + ".log");
        try {
            Files.createDirectories(kept.getParent());
            Files.writeString(kept, printed);
            return kept;
        } catch (IOException e) {
            details.append("\nThe boot console could not be kept in ")
                    .append(kept)
                    .append(": ")
                    .append(e);
            return null;
        }
    }
}

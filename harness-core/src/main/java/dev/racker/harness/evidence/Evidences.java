package dev.racker.harness.evidence;

import dev.racker.harness.machine.BootFailedException;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.report.Evidence;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers what is needed to understand a failure without running it again.
 *
 * <p>It never throws: the machine may be broken, or gone. A part that cannot be had says why, and each part is of a
 * bounded size and says what was cut.
 */
public final class Evidences {

    static final String STATUS_OF = "systemctl status ";
    static final String JOURNAL_OF = "Journal of ";
    static final String BOOT_JOURNAL = "Journal of the boot";
    static final String FAILED_UNITS = "Failed units";
    static final String SOCKETS = "Listening sockets";
    static final String FILES = "Files changed since the image";
    static final String SPACE = "Storage and memory";
    static final String CONSOLE = "Boot console";
    static final String BOOT = "Boot";

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final int MOST_UNITS = 12;
    private static final int STATUS_LINES = 30;
    private static final int UNIT_LINES = 300;
    private static final int BOOT_LINES = 500;
    private static final int CONSOLE_BYTES = 1 << 18;

    private final Machine machine;
    private boolean silent;

    private Evidences(Machine machine) {
        this.machine = machine;
    }

    private interface Source {
        String text() throws IOException;
    }

    /**
     * Asks a machine that booted, and its files.
     *
     * @param machine may have ended
     * @param units that are of interest, such as {@code nginx.service}; those that have failed are added
     */
    public static List<Evidence> collect(Machine machine, Collection<String> units) {
        return new Evidences(machine).all(units);
    }

    /** What a boot that failed has left. */
    public static List<Evidence> ofFailedBoot(BootFailedException failure) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(BOOT, Excerpt.of(failure.getMessage(), Excerpt.MOST_CHARACTERS)));
        evidence.add(part(
                CONSOLE,
                () -> failure.console().isPresent()
                        ? console(failure.console().get())
                        : "not available: it could not be kept"));
        return evidence;
    }

    private List<Evidence> all(Collection<String> wanted) {
        List<Evidence> evidence = new ArrayList<>();
        Evidence failed = part(FAILED_UNITS, () -> {
            String text = ask("systemctl", "list-units", "--failed", "--plain", "--no-legend", "--full", "--no-pager");
            return text.isBlank() ? "none" : text;
        });
        Set<String> units = new LinkedHashSet<>(wanted);
        units.addAll(firstWords(failed.text()));
        int count = 0;
        for (String unit : units) {
            if (++count > MOST_UNITS) {
                evidence.add(new Evidence("More units", (units.size() - MOST_UNITS) + " units are not shown."));
                break;
            }
            evidence.add(part(
                    STATUS_OF + unit,
                    () -> ask("systemctl", "status", "--no-pager", "--full", "--lines=" + STATUS_LINES, "--", unit)));
            evidence.add(part(
                    JOURNAL_OF + unit,
                    () -> ask("journalctl", "--no-pager", "--quiet", "--lines=" + UNIT_LINES, "--unit=" + unit)));
        }
        evidence.add(failed);
        evidence.add(part(SOCKETS, () -> new SocketTable(Path.of("/proc"), leader()).render()));
        evidence.add(part(FILES, () -> files(LeftoverSnapshot.take(machine))));
        evidence.add(part(SPACE, () -> ask("df", "-h") + "\nMemory of the host:\n" + memory()));
        evidence.add(part(
                BOOT_JOURNAL, () -> ask("journalctl", "--boot", "--no-pager", "--quiet", "--lines=" + BOOT_LINES)));
        evidence.add(part(CONSOLE, () -> console(machine.spec().place().bootLog())));
        return evidence;
    }

    private static Evidence part(String title, Source source) {
        String text;
        try {
            text = source.text();
        } catch (IOException | RuntimeException e) {
            text = "not available: " + (e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return new Evidence(title, Excerpt.of(text, Excerpt.MOST_CHARACTERS));
    }

    /** What a tool of the guest prints, both streams; its status says nothing that the text does not. */
    private String ask(String... command) {
        if (!machine.isAlive()) {
            return "not available: machine " + machine.name() + " has ended";
        }
        if (silent) {
            return "not available: machine " + machine.name() + " did not answer the question before";
        }
        try {
            CommandResult result = machine.tool(List.of(command), LOOK);
            String error = result.errorText();
            return error.isEmpty()
                    ? result.text()
                    : result.text() + (result.text().isEmpty() ? "" : "\n") + error;
        } catch (CommandException e) {
            silent = e.reason() == CommandException.Reason.TIMEOUT;
            throw e;
        }
    }

    private long leader() throws IOException {
        if (!machine.isAlive()) {
            throw new IOException("machine " + machine.name() + " has ended");
        }
        return machine.leader();
    }

    static List<String> firstWords(String text) {
        List<String> words = new ArrayList<>();
        for (String line : text.split("\n")) {
            String word = line.strip().split("\\s", 2)[0];
            // A text that says why there is none has no unit at the beginning of a line.
            if (word.matches("[A-Za-z0-9:_.@\\\\-]+\\.[a-z]+")) {
                words.add(word);
            }
        }
        return words;
    }

    static String files(LeftoverSnapshot now) {
        StringBuilder text = new StringBuilder();
        for (Leftover difference : LeftoverCheck.between(now.emptied(), now).leftovers()) {
            text.append(difference.kind().words())
                    .append(' ')
                    .append(difference.subject())
                    .append(": ")
                    .append(difference.state())
                    .append('\n');
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    private static String memory() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"), StandardCharsets.US_ASCII)) {
            if (line.startsWith("MemTotal") || line.startsWith("MemAvailable")) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private static String console(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "not available: " + file + " is gone with its container";
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, log.length() - CONSOLE_BYTES);
            byte[] bytes = new byte[(int) (log.length() - start)];
            log.seek(start);
            log.readFully(bytes);
            String text = Excerpt.plain(new String(bytes, StandardCharsets.UTF_8));
            return (start > 0 ? "[... " + start + " bytes cut ...]\n" : "") + (text.isBlank() ? "empty" : text);
        }
    }
}

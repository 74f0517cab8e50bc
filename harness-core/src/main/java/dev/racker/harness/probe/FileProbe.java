package dev.racker.harness.probe;

import dev.racker.harness.process.CommandResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a file of the machine; a process inside looks, so that a link never leads out of it.
 *
 * <p>Links are followed, inside, except for {@code present}, {@code absent} and {@code symlink}, which are about the path
 * itself.
 */
public final class FileProbe implements Probe {

    private static final String MOST_BYTES = Integer.toString(16 << 20);

    private final String subject;
    private final String path;
    private final List<FileExpectation> expectations;

    private FileProbe(String subject, String path, List<FileExpectation> expectations) {
        this.subject = subject;
        this.path = path;
        this.expectations = expectations;
    }

    /**
     * Reads {@code PATH[=WHAT[,WHAT...]]}, where WHAT is one of
     *
     * <ul>
     *   <li>{@code present} (the default), {@code absent}: also a link to nowhere is present;
     *   <li>{@code file}, {@code directory}, {@code symlink}, {@code socket}, {@code fifo}, {@code block}, {@code char};
     *   <li>a mode of three or four octal digits: {@code 0644};
     *   <li>{@code USER:GROUP}, {@code USER:} or {@code :GROUP}, by name or number;
     *   <li>{@code contains:TEXT} or {@code contains:/EXPRESSION/}, which must come last.
     * </ul>
     *
     * <p>The path, which must be absolute, ends at the first equals sign.
     *
     * @throws InvalidProbeException when it is something else
     */
    public static FileProbe parse(String text) {
        int equals = text.indexOf('=');
        String path = equals < 0 ? text : text.substring(0, equals);
        if (!path.startsWith("/")) {
            throw InvalidProbeException.of(
                    "the file check",
                    text,
                    path.isEmpty() ? "it names no file" : "\"" + path + "\" is no absolute path",
                    "Write PATH or PATH=WHAT, such as /etc/nginx/nginx.conf=file,0644,root:root.");
        }
        List<FileExpectation> expectations = new ArrayList<>();
        String rest = equals < 0 ? "present" : text.substring(equals + 1);
        while (rest != null) {
            int comma = rest.startsWith(FileExpectation.CONTAINS) ? -1 : rest.indexOf(',');
            expectations.add(FileExpectation.parse(text, comma < 0 ? rest : rest.substring(0, comma)));
            rest = comma < 0 ? null : rest.substring(comma + 1);
        }
        if (expectations.size() > 1 && expectations.stream().anyMatch(FileExpectation::isAbsence)) {
            throw InvalidProbeException.of(
                    "the file check", text, "what is absent can have nothing else", "Leave out the rest.");
        }
        return new FileProbe(path, path, List.copyOf(expectations));
    }

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public List<ProbeResult> run(ProbeContext context) {
        FileExpectation first = expectations.get(0);
        return Findings.of(
                this, first.property(), first.expected(), context.machine(), findings -> look(context, findings));
    }

    private List<ProbeResult> look(ProbeContext context, Findings findings) {
        Guest guest = new Guest(context.machine());
        FileStatus itself = status(guest, false);
        FileStatus target = itself.type().equals("symlink") ? status(guest, true) : itself;
        List<ProbeResult> results = new ArrayList<>();
        for (FileExpectation expectation : expectations) {
            FileStatus seen = expectation.isOfThePath() ? itself : target;
            results.add(
                    expectation.isContents() && seen.isThere()
                            ? contents(guest, expectation, findings)
                            : result(expectation, seen, findings, itself));
        }
        return results;
    }

    private static ProbeResult result(
            FileExpectation expectation, FileStatus seen, Findings findings, FileStatus itself) {
        String actual = expectation.actual(seen);
        return expectation.isMetBy(seen)
                ? findings.pass(expectation.property(), expectation.expected(), actual)
                : findings.fail(expectation.property(), expectation.expected(), actual, itself::text);
    }

    private FileStatus status(Guest guest, boolean followed) {
        List<String> command = new ArrayList<>(List.of("stat", "-c", FileStatus.FORMAT));
        if (followed) {
            command.add("-L");
        }
        command.addAll(List.of("--", path));
        CommandResult result = guest.look(command.toArray(String[]::new));
        String said = result.errorText();
        if (result.status() == 0) {
            return FileStatus.parse(result.text());
        }
        if (said.contains("No such file") || said.contains("Not a directory")) {
            return FileStatus.ABSENT;
        }
        throw new UnlookableException("stat said: " + TextPattern.shown(said));
    }

    private ProbeResult contents(Guest guest, FileExpectation expectation, Findings findings) {
        CommandResult read = guest.look("head", "-c", MOST_BYTES, "--", path);
        if (read.status() != 0) {
            return findings.fail(
                    expectation.property(), expectation.expected(), TextPattern.shown(read.errorText()), () -> "");
        }
        String line = expectation.pattern().lineIn(read.text());
        return expectation.pattern().isIn(read.text())
                ? findings.pass(expectation.property(), expectation.expected(), line)
                : findings.fail(
                        expectation.property(),
                        expectation.expected(),
                        "nothing like it in " + read.stdout().length + " bytes",
                        () -> Excerpt.of(read.text()));
    }
}

package dev.racker.harness.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks what the journal holds since the context's cursor.
 *
 * <p>Without a unit in the text it reads the journal of the context's package units; of the whole machine when there are
 * none. For a pattern that must be there it waits, up to the network timeout, since a line may come late.
 */
public final class JournalProbe implements Probe {

    private static final String EXAMPLES =
            "Write nothing (no errors), TEXT or /EXPRESSION/, !TEXT or !/EXPRESSION/, or one of these after UNIT and a"
                    + " colon.";

    private final String subject;
    private final String unit;
    private final boolean wanted;
    private final TextPattern pattern;

    private JournalProbe(String subject, String unit, boolean wanted, TextPattern pattern) {
        this.subject = subject;
        this.unit = unit;
        this.wanted = wanted;
        this.pattern = pattern;
    }

    /**
     * Reads {@code [UNIT:][PATTERN]}: nothing stands for no entry of priority err or worse, {@code TEXT} or
     * {@code /EXPRESSION/} must be there, and with an exclamation mark before it must not.
     *
     * <p>What stands before the first colon is a unit when it can be the name of one and ends with the suffix of one, or
     * when nothing, a slash or an exclamation mark follows; else it belongs to the text.
     *
     * @throws InvalidProbeException when the pattern is none
     */
    public static JournalProbe parse(String text) {
        int colon = text.indexOf(':');
        String rest = text;
        String unit = "";
        if (colon > 0 && isUnit(text.substring(0, colon), text.substring(colon + 1))) {
            unit = UnitName.complete(text.substring(0, colon));
            rest = text.substring(colon + 1);
        }
        boolean wanted = !rest.startsWith("!");
        String pattern = wanted ? rest : rest.substring(1);
        if (!wanted && pattern.isEmpty()) {
            throw InvalidProbeException.of("the journal check", text, "nothing follows the exclamation mark", EXAMPLES);
        }
        String subject = unit.isEmpty() ? "journal" : unit;
        return new JournalProbe(subject, unit, wanted, pattern.isEmpty() ? null : TextPattern.parse(pattern));
    }

    private static boolean isUnit(String name, String rest) {
        boolean plain = UnitName.hasSuffix(name) || rest.isEmpty() || rest.startsWith("!") || isExpression(rest);
        return plain && UnitName.isValid(name);
    }

    private static boolean isExpression(String rest) {
        return rest.length() > 2 && rest.startsWith("/") && rest.endsWith("/");
    }

    @Override
    public String kind() {
        return "journal";
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public List<ProbeResult> run(ProbeContext context) {
        String property = pattern == null ? "errors" : "entries";
        return Findings.of(this, property, expected(), context.machine(), findings -> look(context, findings));
    }

    private String expected() {
        if (pattern == null) {
            return "none";
        }
        return wanted ? pattern.toString() : "nothing like " + pattern;
    }

    private List<ProbeResult> look(ProbeContext context, Findings findings) {
        Guest guest = new Guest(context.machine());
        if (pattern == null) {
            return List.of(errors(read(guest, context, "--priority=err", "--output=short-iso"), findings));
        }
        Patience patience = new Patience(guest, context.networkTimeout());
        while (true) {
            String messages = read(guest, context, "--output=cat");
            boolean there = pattern.isIn(messages);
            if (there || !wanted || !patience.again()) {
                return List.of(entries(messages, there, findings));
            }
        }
    }

    private ProbeResult errors(String entries, Findings findings) {
        if (entries.isEmpty()) {
            return findings.pass("errors", expected(), "none");
        }
        int count = entries.split("\n").length;
        String first = TextPattern.shown(entries.split("\n")[0]);
        return findings.fail(
                "errors",
                expected(),
                count == 1 ? first : count + " lines, the first: " + first,
                () -> Excerpt.of(entries));
    }

    private ProbeResult entries(String messages, boolean there, Findings findings) {
        String line = pattern.lineIn(messages);
        if (there == wanted) {
            return findings.pass("entries", expected(), there ? line : "none");
        }
        return findings.fail(
                "entries",
                expected(),
                there ? line : "nothing like it in " + messages.lines().count() + " lines",
                () -> Excerpt.endOf(messages));
    }

    private String read(Guest guest, ProbeContext context, String... options) {
        List<String> command = new ArrayList<>(List.of("journalctl", "--quiet", "--no-pager", "--boot"));
        if (unit.isEmpty()) {
            context.packageUnits().forEach(name -> command.add("--unit=" + UnitName.complete(name)));
        } else {
            command.add("--unit=" + unit);
        }
        command.addAll(List.of(options));
        guest.syncJournal();
        return new JournalSince(guest, context.journalCursor()).read(command);
    }
}

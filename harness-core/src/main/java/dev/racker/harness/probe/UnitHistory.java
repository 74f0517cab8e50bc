package dev.racker.harness.probe;

/**
 * What the journal tells of the last start of a unit: systemd forgets units that do not run and that nothing refers to,
 * and with them whether a condition was met and how a process has ended.
 */
final class UnitHistory {

    private static final String NOTHING = "";

    private final String result;
    private final String message;

    private UnitHistory(String result, String message) {
        this.result = result;
        this.message = message;
    }

    /** Reads the journal of the guest. */
    static UnitHistory of(Guest guest, String unit) {
        guest.syncJournal();
        return parse(guest.tell(
                "journalctl",
                "--quiet",
                "--no-pager",
                "--boot",
                "--output=export",
                "--lines=50",
                "_PID=1",
                "UNIT=" + unit));
    }

    /** Reads entries in the journal's export format, the oldest first. */
    static UnitHistory parse(String export) {
        String lastResult = NOTHING;
        String lastMessage = NOTHING;
        for (String entry : export.split("\n\n")) {
            String type = field(entry, "JOB_TYPE");
            String result = field(entry, "JOB_RESULT");
            if (!result.isEmpty() && (type.isEmpty() || type.equals("start") || type.equals("restart"))) {
                lastResult = result;
                lastMessage = field(entry, "MESSAGE");
            }
        }
        return new UnitHistory(lastResult, lastMessage);
    }

    /** The value of a field in one line; those of several lines are of no interest here. */
    private static String field(String entry, String name) {
        int start = entry.startsWith(name + "=") ? 0 : entry.indexOf("\n" + name + "=") + 1;
        if (!entry.startsWith(name + "=", start)) {
            return NOTHING;
        }
        int end = entry.indexOf('\n', start);
        return entry.substring(start + name.length() + 1, end < 0 ? entry.length() : end);
    }

    /** "was skipped because of an unmet condition check (...)"; before systemd 251 "Condition check resulted in ...". */
    boolean conditionFailed() {
        return message.contains("ondition check");
    }

    boolean assertFailed() {
        return result.equals("assert");
    }

    boolean started() {
        return result.equals("done") && !conditionFailed();
    }

    /** Which condition it was, with a colon before it; empty when the journal does not say. */
    String which() {
        int open = message.indexOf('(');
        int close = message.lastIndexOf(')');
        return conditionFailed() && open >= 0 && close > open ? ": " + message.substring(open + 1, close) : "";
    }
}

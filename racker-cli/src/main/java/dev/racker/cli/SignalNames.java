package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import java.util.List;
import java.util.Locale;

/** Signals as docker takes them: by name, with or without SIG, or by number. */
final class SignalNames {

    /** signal(7), the numbers of most architectures; the place in the list is the number. */
    private static final List<String> NAMES = List.of(
            "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
            "PROF", "WINCH", "IO", "PWR", "SYS");

    private static final int LAST = 64;

    private SignalNames() {}

    /**
     * The signal as kill(1) names it, without SIG.
     *
     * @throws HarnessException when there is no such signal
     */
    static String of(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        if (NAMES.indexOf(name) > 0 || isRealTime(name)) {
            return name;
        }
        try {
            int number = Integer.parseInt(name);
            if (number > 0 && number <= LAST) {
                return number < NAMES.size() ? NAMES.get(number) : Integer.toString(number);
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static boolean isRealTime(String name) {
        if (name.equals("RTMIN") || name.equals("RTMAX")) {
            return true;
        }
        boolean counted = name.startsWith("RTMIN+") || name.startsWith("RTMAX-");
        return counted
                && name.length() <= "RTMIN+".length() + 2
                && name.substring("RTMIN+".length()).chars().allMatch(c -> c >= '0' && c <= '9')
                && name.length() > "RTMIN+".length();
    }

    private static HarnessException wrong(String text) {
        return new HarnessException(
                "Tried to read the signal \"" + text + "\", but there is no such signal.",
                "Name it as kill -l does, such as TERM or SIGUSR1, or by its number.");
    }
}

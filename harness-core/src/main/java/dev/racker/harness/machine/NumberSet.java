package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.util.BitSet;

/** Sets of small numbers, such as processors, as cpuset(7) writes them: {@code 0-2,7}. */
final class NumberSet {

    private static final int MOST = 8192;

    private NumberSet() {}

    /** Checks that a text is such a list; the empty text is one. */
    static void check(String option, String text) {
        if (!text.isEmpty()) {
            parse(option, text);
        }
    }

    /**
     * Reads a list that is not empty.
     *
     * @throws HarnessException when it is none; the message names the option
     */
    static BitSet parse(String option, String text) {
        BitSet numbers = new BitSet();
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = number(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : number(range.substring(dash + 1));
            if (first < 0 || last < first) {
                throw new HarnessException(
                        "Tried to read " + option + " \"" + text + "\", but that is no list of numbers.",
                        "Write numbers and ranges, such as 0-2,7.");
            }
            numbers.set(first, last + 1);
        }
        return numbers;
    }

    private static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || number > MOST) {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return text.isEmpty() || number > MOST ? -1 : number;
    }
}

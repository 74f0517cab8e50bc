package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;

/** Amounts of memory as docker's options take them: a number, then b, k, m, g or t for powers of 1024. */
public final class MemorySize {

    private static final String UNITS = "bkmgtp";

    private MemorySize() {}

    /**
     * Reads a size in bytes, such as {@code 512}, {@code 10m}, {@code 1.5g} or {@code 64MiB}.
     *
     * @param option named in the message when it is none
     * @throws HarnessException when the text is no size
     */
    public static long parse(String option, String text) {
        int end = 0;
        boolean fraction = false;
        while (end < text.length() && isNumeral(text.charAt(end)) && !(fraction && text.charAt(end) == '.')) {
            fraction |= text.charAt(end) == '.';
            end++;
        }
        int power = power(text.substring(end));
        String number = text.substring(0, end);
        if (power < 0 || number.isEmpty() || number.startsWith(".") || number.endsWith(".") || number.length() > 18) {
            throw wrong(option, text);
        }
        if (fraction) {
            return (long) (Double.parseDouble(number) * (1L << 10 * power));
        }
        try {
            return Math.multiplyExact(Long.parseLong(number), 1L << 10 * power);
        } catch (ArithmeticException e) {
            throw wrong(option, text);
        }
    }

    /** A size in the largest unit that it is a whole number of, such as 10m; what {@link #parse} reads. */
    public static String text(long bytes) {
        int power = 0;
        long number = bytes;
        while (number > 0 && number % 1024 == 0 && power < 4) {
            number /= 1024;
            power++;
        }
        return number + UNITS.substring(power, power + 1);
    }

    private static boolean isNumeral(char c) {
        return c >= '0' && c <= '9' || c == '.';
    }

    /** The power of 1024 that a suffix such as "", "b", "K", "mb" or " GiB" stands for; -1 for none. */
    private static int power(String suffix) {
        String unit = suffix.toLowerCase(java.util.Locale.ROOT).strip();
        if (unit.isEmpty()) {
            return 0;
        }
        int power = UNITS.indexOf(unit.charAt(0));
        String rest = unit.substring(1);
        boolean known = rest.isEmpty() || power > 0 && (rest.equals("b") || rest.equals("ib"));
        return known ? power : -1;
    }

    private static HarnessException wrong(String option, String text) {
        return new HarnessException(
                "Tried to read " + option + " \"" + text + "\", but that is no size.",
                "Write a number and b, k, m or g, such as 512m.");
    }
}

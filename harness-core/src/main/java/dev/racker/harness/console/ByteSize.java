package dev.racker.harness.console;

import java.util.Locale;

/** Numbers of bytes for people, in docker's form: powers of 1000, three digits. */
public final class ByteSize {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private ByteSize() {}

    /** A text such as 0B, 1.5kB, 124MB; bytes must not be negative. */
    public static String text(long bytes) {
        double size = bytes;
        int unit = 0;
        // 999.5 would be written as 1000.
        while (size >= 999.5 && unit < UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        String number = unit == 0 || size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : "%.2f";
        String digits = String.format(Locale.ROOT, number, size);
        while (digits.indexOf('.') >= 0 && (digits.endsWith("0") || digits.endsWith("."))) {
            digits = digits.substring(0, digits.length() - 1);
        }
        return digits + UNITS[unit];
    }
}

package dev.racker.harness.network;

import java.math.BigInteger;

/**
 * An IPv4 or IPv6 address.
 *
 * @param value its bits as a number that is not negative
 * @param six whether it is an IPv6 address
 */
record Ip(BigInteger value, boolean six) {

    private static final int GROUPS = 8;

    /** Reads an address as it is written, and looks no name up; throws {@link NumberFormatException} for anything else. */
    static Ip parse(String text) {
        return text.indexOf(':') < 0
                ? new Ip(BigInteger.valueOf(Integer.toUnsignedLong(Subnet.parse(text))), false)
                : new Ip(six(text), true);
    }

    /** Says whether a text is an address. */
    static boolean isOne(String text) {
        try {
            parse(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** How many bits addresses of this kind have. */
    int bits() {
        return six ? 128 : 32;
    }

    /** The address so many places further up. */
    Ip plus(long places) {
        return new Ip(value.add(BigInteger.valueOf(places)), six);
    }

    /** An IPv4 address as a number. */
    int toInt() {
        return value.intValue();
    }

    private static BigInteger six(String text) {
        int gap = text.indexOf("::");
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            if (read(text, groups) != GROUPS) {
                throw new NumberFormatException(text);
            }
            return number(groups);
        }
        int[] tail = new int[GROUPS];
        int front = read(text.substring(0, gap), groups);
        int back = read(text.substring(gap + 2), tail);
        if (front + back >= GROUPS) {
            throw new NumberFormatException(text);
        }
        System.arraycopy(tail, 0, groups, GROUPS - back, back);
        return number(groups);
    }

    private static int read(String text, int[] groups) {
        int count = 0;
        for (int start = 0; start < text.length(); count++) {
            int colon = text.indexOf(':', start);
            int end = colon < 0 ? text.length() : colon;
            if (count == groups.length || end - start > 4 || end == start || end == text.length() - 1 && colon >= 0) {
                throw new NumberFormatException(text);
            }
            for (int i = start; i < end; i++) {
                if (Character.digit(text.charAt(i), 16) < 0) {
                    throw new NumberFormatException(text);
                }
            }
            groups[count] = Integer.parseInt(text, start, end, 16);
            start = end + 1;
        }
        return count;
    }

    private static BigInteger number(int[] groups) {
        BigInteger number = BigInteger.ZERO;
        for (int group : groups) {
            number = number.shiftLeft(16).or(BigInteger.valueOf(group));
        }
        return number;
    }

    /** The address as the kernel's tools write it (RFC 5952). */
    @Override
    public String toString() {
        if (!six) {
            return Subnet.text(value.intValue());
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = value.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
        }
        int start = 0;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        return longest == 1
                ? join(groups, 0, GROUPS)
                : join(groups, 0, start) + "::" + join(groups, start + longest, GROUPS);
    }

    private static String join(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}

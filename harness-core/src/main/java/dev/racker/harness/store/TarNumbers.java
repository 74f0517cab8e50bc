package dev.racker.harness.store;

import java.time.Instant;

/** The ways in which tar archives write numbers. */
final class TarNumbers {

    private TarNumbers() {}

    /** Reads a header field: octal digits, or base 256 when its first bit is set; empty is 0. */
    static long field(byte[] block, int offset, int length) {
        if ((block[offset] & 0x80) != 0) {
            return base256(block, offset, length);
        }
        int i = offset;
        int end = offset + length;
        while (i < end && (block[i] == ' ' || block[i] == 0)) {
            i++;
        }
        long value = 0;
        while (i < end && block[i] >= '0' && block[i] <= '7') {
            value = value << 3 | block[i] - '0';
            i++;
        }
        if (i < end && block[i] != ' ' && block[i] != 0) {
            throw UnpackException.damaged("a number in its header is malformed", null);
        }
        return value;
    }

    private static long base256(byte[] block, int offset, int length) {
        boolean negative = (block[offset] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = 0; i < length; i++) {
            int digit = block[offset + i] & 0xff;
            if (i == 0) {
                digit = negative ? digit : digit & 0x7f;
            }
            if (i < length - 8 && digit != (negative ? 0xff : 0)) {
                throw UnpackException.damaged("a number in its header is too large", null);
            }
            value = value << 8 | digit;
        }
        if (value < 0 != negative) {
            throw UnpackException.damaged("a number in its header is too large", null);
        }
        return value;
    }

    /** Writes a header field: octal digits and a NUL, or base 256 when they do not fit. */
    static void put(byte[] block, int offset, int length, long value) {
        int digits = length - 1;
        if (value >= 0 && (digits >= 21 || value >>> 3 * digits == 0)) {
            long rest = value;
            for (int i = offset + digits - 1; i >= offset; i--) {
                block[i] = (byte) ('0' + (rest & 7));
                rest >>>= 3;
            }
            block[offset + digits] = 0;
            return;
        }
        long rest = value;
        for (int i = offset + length - 1; i >= offset; i--) {
            block[i] = (byte) rest;
            rest >>= 8;
        }
        block[offset] |= (byte) 0x80;
    }

    /** Reads a decimal of an extended header. */
    static long decimal(byte[] value) {
        try {
            return Long.parseLong(RawText.of(value, 0, value.length));
        } catch (NumberFormatException e) {
            throw UnpackException.damaged("a number in an extended header is malformed", e);
        }
    }

    /** Reads a time of an extended header: seconds with a fraction, of which nanoseconds are kept. */
    static Instant time(byte[] value) {
        String text = RawText.of(value, 0, value.length);
        int point = text.indexOf('.');
        long seconds = decimal(point < 0 ? value : RawText.bytes(text.substring(0, point)));
        int nanos = 0;
        if (point >= 0) {
            int scale = 100_000_000;
            for (int i = point + 1; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < '0' || c > '9') {
                    throw UnpackException.damaged("a time in an extended header is malformed", null);
                }
                nanos += (c - '0') * scale;
                scale /= 10;
            }
        }
        return Instant.ofEpochSecond(seconds, text.startsWith("-") ? -nanos : nanos);
    }

    /** Writes a time for an extended header; inverts {@link #time}. */
    static String time(Instant time) {
        long seconds = time.getEpochSecond();
        int nanos = time.getNano();
        String sign = "";
        if (seconds < 0) {
            sign = "-";
            seconds = -seconds;
            if (nanos > 0) {
                seconds--;
                nanos = 1_000_000_000 - nanos;
            }
        }
        String fraction = Integer.toString(1_000_000_000 + nanos).substring(1);
        return nanos == 0 ? sign + seconds : sign + seconds + '.' + fraction;
    }
}

package dev.racker.harness.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The host's IPv4 routes, as {@code /proc/net/route} shows them (proc(5)). */
record RouteTable(List<String> lines) {

    static RouteTable read(Path file) throws IOException {
        return new RouteTable(Files.readAllLines(file));
    }

    /** The range that is already routed to a bridge of ours; null when the bridge is not there. */
    Subnet of(String bridge) {
        for (String line : lines) {
            if (line.startsWith(bridge) && line.length() > bridge.length() && isBlank(line.charAt(bridge.length()))) {
                return Subnet.of(field(line, 1));
            }
        }
        return null;
    }

    /** The first range, from candidate {@code start} on, that no route but the default one touches; null if none. */
    Subnet firstFree(int start) {
        for (int i = 0; i < Subnet.candidates(); i++) {
            Subnet candidate = Subnet.candidate(start + i);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private boolean isFree(Subnet candidate) {
        for (int i = 1; i < lines.size(); i++) {
            int mask = field(lines.get(i), 7);
            if (mask != 0 && candidate.overlaps(field(lines.get(i), 1), mask)) {
                return false;
            }
        }
        return true;
    }

    /** One of the fields that hold an address: eight hexadecimal digits in the byte order of the machine. */
    private static int field(String line, int number) {
        int start = 0;
        for (int i = 0; i < number; i++) {
            while (!isBlank(line.charAt(start))) {
                start++;
            }
            while (isBlank(line.charAt(start))) {
                start++;
            }
        }
        int value = Integer.parseUnsignedInt(line, start, start + 8, 16);
        return java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN
                ? Integer.reverseBytes(value)
                : value;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}

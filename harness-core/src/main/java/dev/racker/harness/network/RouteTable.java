package dev.racker.harness.network;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /** The ranges that are routed, but for the default route, each with the interface that it is routed to. */
    List<Map.Entry<String, Cidr>> ranges() {
        List<Map.Entry<String, Cidr>> ranges = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int prefix = Integer.bitCount(field(line, 7));
            if (prefix > 0) {
                Ip base = Ip.parse(Subnet.text(field(line, 1)));
                ranges.add(Map.entry(line.substring(0, line.indexOf('\t')).strip(), Cidr.of(base, prefix)));
            }
        }
        return ranges;
    }

    /** The same of IPv6, from a file in the format of {@code /proc/net/ipv6_route}; none without IPv6. */
    static List<Map.Entry<String, Cidr>> ranges6(Path file) throws IOException {
        List<Map.Entry<String, Cidr>> ranges = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int prefix = Integer.parseInt(line, 33, 35, 16);
                if (prefix > 0) {
                    Ip base = new Ip(new BigInteger(line.substring(0, 32), 16), true);
                    ranges.add(Map.entry(line.substring(line.lastIndexOf(' ') + 1), Cidr.of(base, prefix)));
                }
            }
        } catch (NoSuchFileException e) {
            return ranges;
        }
        return ranges;
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

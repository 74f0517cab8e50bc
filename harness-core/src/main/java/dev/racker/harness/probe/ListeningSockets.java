package dev.racker.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What listens in the network of a machine, from the kernel's tables, see proc_net(5): reading them needs no process, and
 * tells of sockets without touching them.
 */
final class ListeningSockets {

    private static final String TCP_LISTEN = "0A";
    private static final String UDP_UNCONNECTED = "07";

    private final List<Socket> sockets;

    private ListeningSockets(List<Socket> sockets) {
        this.sockets = sockets;
    }

    /** A socket that waits for others. */
    record Socket(String protocol, InetAddress address, int port) {

        /** Whether what is sent to an address arrives here; "::" takes IPv4 too, unless its program has forbidden it. */
        boolean takes(InetAddress target) {
            boolean sameFamily = address.getClass() == target.getClass();
            return address.isAnyLocalAddress()
                    ? sameFamily || address.getAddress().length > target.getAddress().length
                    : address.equals(target);
        }

        @Override
        public String toString() {
            String host = address.getHostAddress();
            return protocol + " " + (address.getAddress().length > 4 ? "[" + shortened(host) + "]" : host) + ":" + port;
        }

        private static String shortened(String address) {
            return switch (address) {
                case "0:0:0:0:0:0:0:0" -> "::";
                case "0:0:0:0:0:0:0:1" -> "::1";
                default -> address;
            };
        }
    }

    /** Reads the tables of the network namespace that a process is in. */
    static ListeningSockets of(long pid) {
        List<Socket> sockets = new ArrayList<>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path table = Path.of("/proc/" + pid + "/net/" + protocol);
            try {
                if (Files.exists(table)) {
                    parse(protocol, Files.readString(table, StandardCharsets.US_ASCII), sockets);
                }
            } catch (IOException e) {
                throw new UnlookableException("the machine's sockets cannot be read: " + e.getMessage());
            }
        }
        return new ListeningSockets(sockets);
    }

    /** Adds what a table tells of; {@code protocol} is its file name. */
    static void parse(String protocol, String table, List<Socket> sockets) {
        String state = protocol.startsWith("tcp") ? TCP_LISTEN : UDP_UNCONNECTED;
        for (String line : table.split("\n")) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length > 3 && fields[3].equals(state)) {
                int colon = fields[1].lastIndexOf(':');
                sockets.add(new Socket(
                        protocol.substring(0, 3),
                        address(fields[1].substring(0, colon)),
                        Integer.parseInt(fields[1], colon + 1, fields[1].length(), 16)));
            }
        }
    }

    /** Words of 32 bits, each in the order of the host's bytes. */
    private static InetAddress address(String hex) {
        boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int at = little ? (i & ~3) + 3 - (i & 3) : i;
            bytes[at] = (byte) Integer.parseInt(hex, 2 * i, 2 * i + 2, 16);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new UnlookableException("the kernel tells of the address " + hex);
        }
    }

    boolean hasUdp(InetAddress target, int port) {
        for (Socket socket : sockets) {
            if (socket.protocol().equals("udp") && socket.port() == port && socket.takes(target)) {
                return true;
            }
        }
        return false;
    }

    List<Socket> sockets() {
        return sockets;
    }

    /** For people: a line each. */
    String text() {
        if (sockets.isEmpty()) {
            return "Nothing listens in the machine.";
        }
        StringBuilder text = new StringBuilder("Listening in the machine:");
        sockets.stream()
                .map(Socket::toString)
                .distinct()
                .forEach(line -> text.append("\n  ").append(line));
        return text.toString();
    }
}

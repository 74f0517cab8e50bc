package dev.racker.harness.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sockets of a machine that wait for somebody, and whose they are, read in the host's /proc. */
final class SocketTable {

    /** proc_net(5) and include/net/tcp_states.h: 0A is LISTEN; an unconnected UDP socket is in state 07. */
    private static final Map<String, String> WAITING = Map.of("tcp", "0A", "tcp6", "0A", "udp", "07", "udp6", "07");

    private final Path proc;
    private final long leader;

    /** A socket that waits: {@code address} is as ss(8) prints it. */
    record Socket(String protocol, String address, int port, String inode) {
        String local() {
            return address + ":" + port;
        }
    }

    SocketTable(Path proc, long leader) {
        this.proc = proc;
        this.leader = leader;
    }

    /** The table as ss -tulnp prints it; one line says so when there is none. */
    String render() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        Path net = proc.resolve(Long.toString(leader)).resolve("net");
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path table = net.resolve(protocol);
            if (Files.exists(table) || protocol.equals("tcp")) { // a kernel may have no IPv6
                sockets.addAll(parse(protocol, Files.readString(table, StandardCharsets.US_ASCII)));
            }
        }
        if (sockets.isEmpty()) {
            return "none\n";
        }
        Map<String, String> owners = owners();
        StringBuilder text =
                new StringBuilder(String.format("%-5s %-6s %-24s %s%n", "Netid", "State", "Local", "Process"));
        for (Socket socket : sockets) {
            boolean tcp = socket.protocol().startsWith("tcp");
            text.append(String.format(
                            "%-5s %-6s %-24s %s",
                            tcp ? "tcp" : "udp",
                            tcp ? "LISTEN" : "UNCONN",
                            socket.local(),
                            owners.getOrDefault(socket.inode(), "-")))
                    .append('\n');
        }
        return text.toString();
    }

    static List<Socket> parse(String protocol, String table) {
        List<Socket> sockets = new ArrayList<>();
        for (String line : table.split("\n")) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length > 9 && fields[0].endsWith(":") && fields[3].equals(WAITING.get(protocol))) {
                int colon = fields[1].indexOf(':');
                sockets.add(new Socket(
                        protocol,
                        address(fields[1].substring(0, colon)),
                        Integer.parseInt(fields[1].substring(colon + 1), 16),
                        fields[9]));
            }
        }
        return sockets;
    }

    /** The kernel prints each word of an address in the byte order of the machine: little-endian here. */
    private static String address(String hex) {
        StringBuilder text = new StringBuilder();
        if (hex.length() == 8) {
            for (int i = 6; i >= 0; i -= 2) {
                text.append(Integer.parseInt(hex.substring(i, i + 2), 16)).append(i == 0 ? "" : ".");
            }
            return text.toString();
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            int at = i / 2 * 8 + (i % 2 == 0 ? 4 : 0);
            groups[i] = Integer.parseInt(hex.substring(at + 2, at + 4) + hex.substring(at, at + 2), 16);
        }
        return "[" + shortened(groups) + "]";
    }

    /** RFC 5952: the longest run of zeros is written as two colons. */
    private static String shortened(int[] groups) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                best = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.length() == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** By inode, the first process of the machine's own process namespace that has the socket open. */
    private Map<String, String> owners() throws IOException {
        Map<String, String> owners = new HashMap<>();
        String namespace = link(proc.resolve(leader + "/ns/pid"));
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (!namespace.isEmpty() && namespace.equals(link(process.resolve("ns/pid")))) {
                    sockets(process, owners);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return owners;
    }

    private static void sockets(Path process, Map<String, String> owners) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            String owner = null;
            for (Path file : files) {
                String target = link(file);
                if (target.startsWith("socket:[")) {
                    owner = owner == null ? owner(process) : owner;
                    owners.putIfAbsent(target.substring(8, target.length() - 1), owner);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // it has ended while we look, and has no sockets any more
        }
    }

    /** As ss prints it, with the process id inside: the last of NSpid, see proc_pid_status(5). */
    private static String owner(Path process) throws IOException {
        String inside = process.getFileName().toString();
        for (String line : Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("NSpid:")) {
                String[] ids = line.split("\\s+");
                inside = ids[ids.length - 1];
            }
        }
        String name = Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1)
                .strip();
        return GuestName.line(name) + " (pid " + inside + ")";
    }

    private static String link(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // of a process that has ended
        }
    }
}

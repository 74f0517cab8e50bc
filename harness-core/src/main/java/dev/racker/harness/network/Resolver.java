package dev.racker.harness.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the {@code resolv.conf} of a machine from that of the host (resolv.conf(5)).
 *
 * <p>A machine behind the bridge reaches neither the host's loopback addresses nor IPv6. systemd-resolved's stub is
 * replaced by the servers that resolved itself asks; when nothing else is left, a forwarder on the gateway is needed.
 *
 * @param file the host's {@code resolv.conf}
 * @param upstream where systemd-resolved lists the servers that it asks itself
 */
record Resolver(Path file, Path upstream) {

    private static final String SERVER = "nameserver";

    /** What a machine in the host's network sees: the host's own file; the user's servers take the place of its own. */
    String inHostNetwork(List<String> chosen) throws IOException {
        return chosen.isEmpty() ? read(file) : text(chosen, lines(file));
    }

    /** What a machine without a network sees: the user's servers, or an empty string. */
    String withoutNetwork(List<String> chosen) {
        return chosen.isEmpty() ? "" : text(chosen, List.of());
    }

    /**
     * What a machine behind the bridge sees.
     *
     * @param gateway the address on which a forwarder could answer
     */
    Bridged behindBridge(List<String> chosen, String gateway) throws IOException {
        List<String> lines = lines(file);
        if (!chosen.isEmpty()) {
            return new Bridged(text(chosen, lines), false);
        }
        List<String> servers = reachable(lines);
        if (servers.isEmpty()) {
            servers = reachable(lines(upstream));
        }
        boolean forwarded = servers.isEmpty();
        return new Bridged(text(forwarded ? List.of(gateway) : servers, lines), forwarded);
    }

    /** The host's servers that a machine behind the bridge reaches; the gateway when there is none. */
    List<String> servers(String gateway) throws IOException {
        List<String> servers = reachable(lines(file));
        if (servers.isEmpty()) {
            servers = reachable(lines(upstream));
        }
        return servers.isEmpty() && !gateway.isEmpty() ? List.of(gateway) : servers;
    }

    /** What a machine in networks of users sees: the servers that know the names there. */
    String inUserNetworks(List<String> servers) throws IOException {
        return text(servers, lines(file));
    }

    /** The text with the domains and options that a user chose instead of the host's; {@code "."} stands for none. */
    static String choosing(String text, List<String> search, List<String> options) {
        if (search.isEmpty() && options.isEmpty()) {
            return text;
        }
        StringBuilder chosen = new StringBuilder();
        for (String line : text.split("\n")) {
            boolean replaced = !search.isEmpty() && (line.startsWith("search") || line.startsWith("domain"))
                    || !options.isEmpty() && line.startsWith("options");
            if (!replaced && !line.isEmpty()) {
                chosen.append(line).append('\n');
            }
        }
        if (!search.isEmpty() && !search.contains(".")) {
            chosen.append("search ").append(String.join(" ", search)).append('\n');
        }
        if (!options.isEmpty()) {
            chosen.append("options ").append(String.join(" ", options)).append('\n');
        }
        return chosen.toString();
    }

    /** The text, and whether it counts on a forwarder on the gateway. */
    record Bridged(String text, boolean forwarded) {}

    private static List<String> reachable(List<String> lines) {
        List<String> servers = new ArrayList<>();
        for (String line : lines) {
            if (isServer(line)) {
                String server = line.substring(SERVER.length()).strip();
                if (!server.startsWith("127.") && !server.startsWith("0.") && server.indexOf(':') < 0) {
                    servers.add(server);
                }
            }
        }
        return servers;
    }

    private static boolean isServer(String line) {
        return line.startsWith(SERVER)
                && line.length() > SERVER.length()
                && Character.isWhitespace(line.charAt(SERVER.length()));
    }

    /** The servers, and of the host's lines those that are neither servers nor comments. */
    private static String text(List<String> servers, List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String server : servers) {
            text.append(SERVER).append(' ').append(server).append('\n');
        }
        for (String line : lines) {
            if (!line.isBlank() && !isServer(line) && line.charAt(0) != '#' && line.charAt(0) != ';') {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        String text = read(file);
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            lines.add(text.substring(start, end).strip());
            start = end + 1;
        }
        return lines;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}

package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.Connections;
import dev.racker.harness.network.PortMapping;
import java.util.List;

/**
 * What {@code --filter publish} and {@code --filter expose} ask for: {@code PORT[-LAST][/PROTOCOL]}.
 *
 * @param last the same as the first one for a single port
 * @param protocol tcp, udp or sctp
 */
record FilteredPorts(int first, int last, String protocol) {

    private static final int HIGHEST = 65535;

    static FilteredPorts parse(String filter, String value) {
        int slash = value.indexOf('/');
        String ports = slash < 0 ? value : value.substring(0, slash);
        String protocol = slash < 0 ? "tcp" : value.substring(slash + 1);
        int dash = ports.indexOf('-');
        try {
            int first = Integer.parseInt(dash < 0 ? ports : ports.substring(0, dash));
            int last = Integer.parseInt(ports.substring(dash + 1));
            if (first > 0
                    && first <= last
                    && last <= HIGHEST
                    && List.of("tcp", "udp", "sctp").contains(protocol)) {
                return new FilteredPorts(first, last, protocol);
            }
        } catch (NumberFormatException e) {
            throw wrong(filter, value);
        }
        throw wrong(filter, value);
    }

    private static HarnessException wrong(String filter, String value) {
        return new HarnessException(
                "Tried to read --filter \"" + filter + "\", but invalid port \"" + value + "\".",
                "Write PORT, such as 80, 80/udp or 8000-8080/tcp.");
    }

    /** Says whether one of them is published on the host. */
    boolean arePublished(Connections connections) {
        return connections.ports().stream().anyMatch(port -> meets(port.hostPort(), port));
    }

    /** Says whether one of them is exposed by a machine, published or not. */
    boolean areExposed(Connections connections, List<String> exposed) {
        return connections.ports().stream().anyMatch(port -> meets(port.port(), port))
                || exposed.stream().map(PortMapping::exposed).anyMatch(port -> meets(port.port(), port));
    }

    private boolean meets(int start, PortMapping port) {
        return protocol.equals(port.protocol()) && start <= last && first < start + port.count();
    }
}

package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;

/**
 * Ports of a machine that answer on the host.
 *
 * @param hostAddress the address of the host that they answer on; empty for all
 * @param hostPort the first port of the host; 0 for any that are free
 * @param port the first port of the machine
 * @param count how many there are, one after the other
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
public record PortMapping(String hostAddress, int hostPort, int port, int count, String protocol) {

    private static final int HIGHEST = 65535;

    /** Checks all parts and throws a {@link HarnessException} that quotes what is wrong. */
    public PortMapping {
        boolean good = (hostAddress.isEmpty() || Ip.isOne(hostAddress))
                && hostPort >= 0
                && port > 0
                && count > 0
                && hostPort + count - 1 <= HIGHEST
                && port + count - 1 <= HIGHEST
                && (protocol.equals("tcp") || protocol.equals("udp") || protocol.equals("sctp"));
        if (!good) {
            throw wrong(
                    text(hostAddress, hostPort, port, count, protocol),
                    "Use IP addresses, ports up to 65535, and" + " one of tcp, udp and sctp.");
        }
    }

    /** Reads {@code [[HOSTADDRESS:][HOSTPORT]:]PORT[/PROTOCOL]}, where ports may be ranges such as 8000-8010. */
    public static PortMapping parse(String text) {
        int slash = text.lastIndexOf('/');
        String protocol = slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(java.util.Locale.ROOT);
        String rest = slash < 0 ? text : text.substring(0, slash);
        int colon = rest.lastIndexOf(':');
        String host = colon < 0 ? "" : rest.substring(0, colon);
        long ports = range(text, rest.substring(colon + 1));
        int end = host.endsWith("]") ? host.length() : host.lastIndexOf(':');
        String address = end < 0 ? "" : host.substring(0, end);
        String hostPorts = host.substring(Math.min(end + 1, host.length()));
        if (address.startsWith("[") && address.endsWith("]")) {
            address = address.substring(1, address.length() - 1);
        } else if (address.indexOf(':') >= 0) {
            throw wrong(text, "Put an IPv6 address between brackets: [::1]:8080:80.");
        }
        if (!address.isEmpty() && !Ip.isOne(address)) {
            throw wrong(text, "Before the port of the host comes an IP address, such as 127.0.0.1:8080:80.");
        }
        long chosen = hostPorts.isEmpty() ? 0 : range(text, hostPorts);
        int count = count(ports);
        if (chosen != 0 && count(chosen) != count) {
            throw wrong(text, "Give as many ports of the host as there are ports of the machine.");
        }
        return new PortMapping(address, first(chosen), first(ports), count, protocol);
    }

    /** Reads what {@code --expose} and EXPOSE name: {@code PORT[-PORT][/PROTOCOL]}; published on any free port. */
    public static PortMapping exposed(String text) {
        if (text.indexOf(':') >= 0) {
            throw wrong(text, "Give a port, or a range of ports, and perhaps a protocol: 53/udp.");
        }
        return parse(text);
    }

    /** The same ports on these of the host. */
    PortMapping on(int newHostPort) {
        return new PortMapping(hostAddress, newHostPort, port, count, protocol);
    }

    /** One of the ports by itself; {@code place} counts from 0. */
    public PortMapping single(int place) {
        return new PortMapping(hostAddress, hostPort == 0 ? 0 : hostPort + place, port + place, 1, protocol);
    }

    /** Says whether these ports of the host could not both be published. */
    boolean collides(PortMapping other) {
        boolean addresses = isAny() || other.isAny() || Ip.parse(hostAddress).equals(Ip.parse(other.hostAddress));
        return addresses
                && protocol.equals(other.protocol)
                && hostPort < other.hostPort + other.count
                && other.hostPort < hostPort + count;
    }

    /** Says whether they answer on all addresses of the host. */
    boolean isAny() {
        return hostAddress.isEmpty() || Ip.parse(hostAddress).value().signum() == 0;
    }

    /** Says whether they answer on addresses of this kind. */
    boolean answersOn(boolean six) {
        return hostAddress.isEmpty() || Ip.parse(hostAddress).six() == six;
    }

    private static long range(String text, String ports) {
        int hyphen = ports.indexOf('-');
        int first = port(text, hyphen < 0 ? ports : ports.substring(0, hyphen));
        int last = hyphen < 0 ? first : port(text, ports.substring(hyphen + 1));
        if (last < first) {
            throw wrong(text, "A range begins with its lowest port.");
        }
        return (long) first << 32 | last - first + 1;
    }

    private static int first(long range) {
        return (int) (range >>> 32);
    }

    private static int count(long range) {
        return (int) range;
    }

    private static int port(String text, String digits) {
        try {
            int port = digits.length() > 5 ? 0 : Integer.parseUnsignedInt(digits);
            if (port > 0 && port <= HIGHEST && digits.charAt(0) != '+') {
                return port;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, "A port is a number from 1 to 65535.");
        }
        throw wrong(text, "A port is a number from 1 to 65535.");
    }

    private static HarnessException wrong(String text, String hint) {
        return new HarnessException("Tried to publish \"" + text + "\", but it is not understood.", hint);
    }

    /** What {@link #parse} reads. */
    @Override
    public String toString() {
        return text(hostAddress, hostPort, port, count, protocol);
    }

    private static String text(String hostAddress, int hostPort, int port, int count, String protocol) {
        String address = hostAddress.isEmpty()
                ? ""
                : hostAddress.indexOf(':') < 0 ? hostAddress + ":" : "[" + hostAddress + "]:";
        String host = hostPort == 0 ? address.isEmpty() ? "" : ":" : ports(hostPort, count) + ":";
        return address + host + ports(port, count) + "/" + protocol;
    }

    private static String ports(int first, int count) {
        return count == 1 ? Integer.toString(first) : first + "-" + (first + count - 1);
    }
}

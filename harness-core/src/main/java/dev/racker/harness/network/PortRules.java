package dev.racker.harness.network;

import java.util.List;

/**
 * The rules, as iptables-restore(8) reads them, with which ports of a machine answer on the host.
 *
 * <p>Each bears the machine's id as a comment, by which it is found when it is to be removed.
 *
 * @param containerId whose ports they are
 * @param bridge the bridge that the machine is behind
 * @param place the machine's place in the network of that bridge
 * @param ports what is published, with ports of the host
 */
record PortRules(String containerId, String bridge, Connection place, List<PortMapping> ports) {

    private static final String LOOPBACK = "127.0.0.0/8";
    private static final String NOT_SIX_LOOPBACK = "! -d ::1/128 ";
    private static final String LOCAL = "-m addrtype --dst-type LOCAL";

    /** The rules for IPv4. */
    String four() {
        Cidr range = Cidr.of(Ip.parse(place.address()), place.prefix());
        return text(false, place.address(), range);
    }

    /** The rules for IPv6; empty when the machine has no such address. */
    String six() {
        if (place.address6().isEmpty()) {
            return "";
        }
        return text(true, place.address6(), Cidr.of(Ip.parse(place.address6()), place.prefix6()));
    }

    private String text(boolean six, String address, Cidr range) {
        StringBuilder nat = new StringBuilder("*nat\n");
        StringBuilder filter = new StringBuilder("*filter\n");
        for (PortMapping port : ports) {
            if (port.answersOn(six)) {
                translate(nat, port, six, address);
                accept(nat, filter, port, six, address, range);
            }
        }
        if (!six) {
            rule(
                    filter,
                    "INPUT -i " + bridge + " -d " + LOOPBACK + " -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT",
                    "DROP");
        }
        return nat + "COMMIT\n" + filter + "COMMIT\n";
    }

    private void translate(StringBuilder nat, PortMapping port, boolean six, String address) {
        if (port.hostPort() != port.port() && port.count() > 1) {
            for (int i = 0; i < port.count(); i++) {
                translate(nat, port.single(i), six, address);
            }
            return;
        }
        // A connection to ::1 cannot leave the host: there is no route_localnet for IPv6. Who asks gets an answer at
        // once.
        String outgoing = port.isAny() ? (six ? NOT_SIX_LOOPBACK : "") + LOCAL : "-d " + port.hostAddress();
        String incoming = port.isAny() ? (six ? NOT_SIX_LOOPBACK : "! -d " + LOOPBACK + " ") + LOCAL : outgoing;
        String match = " -p " + port.protocol() + " --dport " + range(port.hostPort(), port.count());
        String bracketed = six ? "[" + address + "]" : address;
        String target =
                "DNAT --to-destination " + (port.hostPort() == port.port() ? bracketed : bracketed + ":" + port.port());
        if (!port.hostAddress().startsWith("127.")) {
            rule(nat, "PREROUTING " + incoming + match, target);
        }
        rule(nat, "OUTPUT " + outgoing + match, target);
    }

    private void accept(
            StringBuilder nat, StringBuilder filter, PortMapping port, boolean six, String address, Cidr range) {
        String translated = " -d " + address + " -p " + port.protocol() + " --dport " + range(port.port(), port.count())
                + " -m conntrack --ctstate DNAT";
        rule(nat, "POSTROUTING -s " + range + translated, "MASQUERADE");
        if (!six) {
            rule(nat, "POSTROUTING -s " + LOOPBACK + translated, "MASQUERADE");
        }
        rule(filter, "FORWARD" + translated, "ACCEPT");
    }

    private void rule(StringBuilder table, String match, String target) {
        table.append("-I ")
                .append(match)
                .append(" -m comment --comment racker:")
                .append(containerId)
                .append(" -j ")
                .append(target)
                .append('\n');
    }

    private static String range(int first, int count) {
        return count == 1 ? Integer.toString(first) : first + ":" + (first + count - 1);
    }
}

package dev.racker.harness.probe;

import dev.racker.harness.process.CommandResult;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the addresses of a name as a machine itself finds them. */
final class GuestNames {

    private final Guest guest;

    GuestNames(Guest guest) {
        this.guest = guest;
    }

    /**
     * The addresses of a name, in the order in which to try them. The machine's localhost is both 127.0.0.1 and ::1, whatever
     * its hosts(5) holds.
     *
     * @throws UnknownHostException when the machine knows none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return List.of(address(host, "127.0.0.1"), address(host, "::1"));
        }
        if (isNumeric(host)) {
            return List.of(address(host, host));
        }
        CommandResult found = guest.look("getent", "ahosts", host);
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (String line : found.text().split("\n")) {
            String first = line.strip().split("\\s+", 2)[0];
            if (isNumeric(first)) {
                addresses.add(address(host, first));
            }
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException("the machine does not know the name " + host);
        }
        return new ArrayList<>(addresses);
    }

    private static InetAddress address(String host, String numeric) throws UnknownHostException {
        return InetAddress.getByAddress(host, InetAddress.getByName(numeric).getAddress());
    }

    /** What {@link InetAddress#getByName} reads without asking anybody. */
    static boolean isNumeric(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }
}

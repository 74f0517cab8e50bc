package dev.racker.harness.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A machine's place in one network.
 *
 * @param network the network's name
 * @param networkId its id
 * @param bridge the network's bridge on the host
 * @param interfaceName the interface's name inside
 * @param mac its hardware address
 * @param address its IPv4 address
 * @param prefix how many bits all IPv4 addresses of the network share
 * @param gateway the host's IPv4 address in the network
 * @param address6 its IPv6 address; empty for none
 * @param prefix6 how many bits all IPv6 addresses of the network share; 0 for none
 * @param gateway6 the host's IPv6 address in the network; empty for none
 * @param internal whether the network leads nowhere else
 * @param aliases what the machine is called in the network, besides its name
 */
public record Connection(
        String network,
        String networkId,
        String bridge,
        String interfaceName,
        String mac,
        String address,
        int prefix,
        String gateway,
        String address6,
        int prefix6,
        String gateway6,
        boolean internal,
        List<String> aliases) {

    /** Takes a copy. */
    public Connection {
        aliases = List.copyOf(aliases);
    }

    /** What a machine's own name stands for inside: all of its addresses, or one of the loopback when it has none. */
    public static List<String> ownAddresses(List<Connection> places) {
        List<String> addresses = new ArrayList<>(places.size());
        for (Connection place : places) {
            addresses.add(place.address());
            if (!place.address6().isEmpty()) {
                addresses.add(place.address6());
            }
        }
        return addresses.isEmpty() ? List.of("127.0.1.1") : addresses;
    }
}

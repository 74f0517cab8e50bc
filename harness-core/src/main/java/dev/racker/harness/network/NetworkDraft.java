package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.util.List;
import java.util.Map;

/**
 * What a user wants a new network to be.
 *
 * @param name its name
 * @param subnets its ranges of addresses, one of IPv4 and one of IPv6 at most; what is missing is chosen
 * @param gateways the host's addresses, each in one of the subnets; what is missing is the first address
 * @param ipRanges what addresses are chosen from, each inside one of the subnets
 * @param internal whether its machines shall reach each other only
 * @param ipv6 whether its machines shall have IPv6 addresses
 * @param labels what is to be written on it
 * @param options of the driver
 */
public record NetworkDraft(
        String name,
        List<String> subnets,
        List<String> gateways,
        List<String> ipRanges,
        boolean internal,
        boolean ipv6,
        Map<String, String> labels,
        Map<String, String> options) {

    private static final int LONGEST_LINK = 15;
    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;

    /** Checks the name and the options and throws a {@link HarnessException} that quotes what is wrong. */
    public NetworkDraft {
        subnets = List.copyOf(subnets);
        gateways = List.copyOf(gateways);
        ipRanges = List.copyOf(ipRanges);
        labels = Map.copyOf(labels);
        options = Map.copyOf(options);
        NetworkNames.check(name);
        if (NetworkNames.isPredefined(name) || name.equals("default") || name.equals("container")) {
            throw new HarnessException(
                    "Tried to create network \"" + name + "\", but that name has a meaning already.",
                    "Choose another name.");
        }
        options.forEach(NetworkDraft::checkOption);
    }

    /** A network of which nothing but the name is said. */
    public static NetworkDraft of(String name) {
        return new NetworkDraft(name, List.of(), List.of(), List.of(), false, false, Map.of(), Map.of());
    }

    private static void checkOption(String key, String value) {
        boolean good = switch (key) {
            case NetworkDefinition.BRIDGE_NAME ->
                value.length() <= LONGEST_LINK
                        && NetworkOptions.isWord(value, "._-")
                        && !value.equals(".")
                        && !value.equals("..");
            case NetworkDefinition.MTU -> isMtu(value);
            default ->
                throw new HarnessException(
                        "Tried to use the option \"" + key + "\" of a network, but it is not supported.",
                        "Known are " + NetworkDefinition.BRIDGE_NAME + " and " + NetworkDefinition.MTU + ".");
        };
        if (!good) {
            throw new HarnessException(
                    "Tried to set the option " + key + " to \"" + value + "\", but that is not possible.",
                    "A bridge's name has up to 15 characters; an MTU is a number of bytes, such as 1400.");
        }
    }

    private static boolean isMtu(String value) {
        try {
            int mtu = Integer.parseInt(value);
            return mtu >= SMALLEST_MTU && mtu <= LARGEST_MTU;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}

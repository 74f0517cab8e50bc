package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.List;

/**
 * One network that a machine is to be connected to.
 *
 * @param network {@code bridge}, {@code host}, {@code none}, or the name or id of a network that a user has made
 * @param aliases further names of the machine in that network
 * @param ip its IPv4 address; empty for any
 * @param ip6 its IPv6 address; empty for any
 * @param mac its hardware address, in lower case with colons; empty for one of ours
 */
public record NetworkRequest(String network, List<String> aliases, String ip, String ip6, String mac) {

    private static final int MAC_BYTES = 6;

    /** Checks all parts and throws a {@link HarnessException} that quotes what is wrong. */
    public NetworkRequest {
        aliases = List.copyOf(aliases);
        mac = mac(mac);
        NetworkNames.check(network);
        for (String alias : aliases) {
            if (!NetworkOptions.isWord(alias, ".-_")) {
                throw new HarnessException(
                        "Tried to use \"" + alias + "\" as a name in the network " + network + ", but it is not one.",
                        "Use letters, digits, dots, underscores and hyphens.");
            }
        }
        checkAddress(ip, false);
        checkAddress(ip6, true);
        refuseOnPredefined(network, aliases, ip, ip6);
    }

    /** A network without any wishes. */
    public static NetworkRequest of(String network) {
        return new NetworkRequest(network, List.of(), "", "", "");
    }

    /**
     * Reads {@code NAME}, {@code NAME:alias=X,ip=Y} or {@code name=NAME,alias=X}; throws a {@link HarnessException}
     * that quotes anything else.
     */
    public static NetworkRequest parse(String text) {
        int colon = text.indexOf(':');
        int equals = text.indexOf('=');
        boolean named = colon >= 0 && (equals < 0 || colon < equals);
        String network = named ? text.substring(0, colon) : equals < 0 ? text : "";
        String fields = named ? text.substring(colon + 1) : equals < 0 ? "" : text;
        List<String> aliases = new ArrayList<>();
        String ip = "";
        String ip6 = "";
        String mac = "";
        for (String field : fields.isEmpty() ? new String[0] : fields.split(",", -1)) {
            int sign = field.indexOf('=');
            String value = field.substring(sign + 1);
            switch (sign < 0 ? "" : field.substring(0, sign)) {
                case "name" -> network = value;
                case "alias" -> aliases.add(value);
                case "ip" -> {
                    if (value.indexOf(':') < 0) {
                        ip = value;
                    } else {
                        ip6 = value;
                    }
                }
                case "ip6" -> ip6 = value;
                case "mac", "mac-address" -> mac = value;
                default ->
                    throw new HarnessException(
                            "Tried to read the network \"" + text + "\", but \"" + field + "\" is not understood.",
                            "Known are alias=NAME, ip=ADDRESS, ip6=ADDRESS and mac=ADDRESS.");
            }
        }
        return new NetworkRequest(network, aliases, ip, ip6, mac);
    }

    /** The same wishes in the network of this name. */
    public NetworkRequest in(String name) {
        return new NetworkRequest(name, aliases, ip, ip6, mac);
    }

    /** Adds what was said apart from the network's name; what is empty changes nothing. */
    public NetworkRequest with(List<String> moreAliases, String newIp, String newIp6, String newMac) {
        List<String> all = new ArrayList<>(aliases);
        all.addAll(moreAliases);
        return new NetworkRequest(
                network,
                all,
                newIp.isEmpty() ? ip : newIp,
                newIp6.isEmpty() ? ip6 : newIp6,
                newMac.isEmpty() ? mac : newMac);
    }

    /** Says whether it is the default bridge with nothing said about the machine's place in it. */
    boolean isPlain() {
        return network.equals("bridge") && mac.isEmpty();
    }

    private static void checkAddress(String address, boolean six) {
        if (!address.isEmpty() && !(Ip.isOne(address) && Ip.parse(address).six() == six)) {
            throw new HarnessException(
                    "Tried to use \"" + address + "\" as an address, but it is no " + (six ? "IPv6" : "IPv4")
                            + " address.",
                    "Give one such as " + (six ? "fd00::10." : "172.20.0.10."));
        }
    }

    private static void refuseOnPredefined(String network, List<String> aliases, String ip, String ip6) {
        if (NetworkNames.isPredefined(network) && !(aliases.isEmpty() && ip.isEmpty() && ip6.isEmpty())) {
            throw new HarnessException(
                    "Tried to choose " + (aliases.isEmpty() ? "an address" : "a name") + " in the network " + network
                            + ", but that is supported in user-defined networks only.",
                    "Make one with `racker network create NAME`, and use it with --network NAME.");
        }
    }

    /** Checks a hardware address: six bytes, with colons or hyphens, and not one of a group. */
    private static String mac(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String mac = text.toLowerCase(java.util.Locale.ROOT).replace('-', ':');
        boolean good = mac.length() == 3 * MAC_BYTES - 1;
        for (int i = 0; good && i < mac.length(); i++) {
            good = i % 3 == 2 ? mac.charAt(i) == ':' : Character.digit(mac.charAt(i), 16) >= 0;
        }
        if (!good || (Character.digit(mac.charAt(1), 16) & 1) != 0) {
            throw new HarnessException(
                    "Tried to use \"" + text + "\" as a hardware address, but it is none of a single interface.",
                    "Give one such as 02:42:ac:11:00:02.");
        }
        return mac;
    }

    /** What {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder fields = new StringBuilder();
        aliases.forEach(alias -> append(fields, "alias", alias));
        append(fields, "ip", ip);
        append(fields, "ip6", ip6);
        append(fields, "mac", mac);
        return fields.isEmpty() ? network : network + ":" + fields;
    }

    private static void append(StringBuilder fields, String key, String value) {
        if (!value.isEmpty()) {
            fields.append(fields.isEmpty() ? "" : ",").append(key).append('=').append(value);
        }
    }
}

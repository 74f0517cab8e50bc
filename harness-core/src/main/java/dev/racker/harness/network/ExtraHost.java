package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.List;

/**
 * A line that a machine's {@code /etc/hosts} gets.
 *
 * @param name the name
 * @param address its address; {@value #GATEWAY} for the host's, as the machine sees it
 */
record ExtraHost(String name, String address) {

    static final String GATEWAY = "host-gateway";

    /** Reads {@code NAME:ADDRESS} or {@code NAME=ADDRESS}; throws a {@link HarnessException} that quotes anything else. */
    static ExtraHost parse(String text) {
        int equals = text.indexOf('=');
        int end = equals < 0 ? text.indexOf(':') : equals;
        String name = end < 0 ? "" : text.substring(0, end);
        String address = text.substring(end + 1);
        if (address.startsWith("[") && address.endsWith("]")) {
            address = address.substring(1, address.length() - 1);
        }
        if (!NetworkOptions.isWord(name, ".-_") || !(address.equals(GATEWAY) || Ip.isOne(address))) {
            throw new HarnessException(
                    "Tried to add the host \"" + text + "\", but it is not understood.",
                    "Write NAME:ADDRESS, such as db:192.0.2.7, or NAME:" + GATEWAY + ".");
        }
        return new ExtraHost(name, address);
    }

    /** The lines of {@code /etc/hosts} for these; empty for none. */
    static List<String> lines(List<String> texts, String gateway) {
        if (texts.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(texts.size());
        for (String text : texts) {
            ExtraHost host = parse(text);
            lines.add((host.address.equals(GATEWAY) ? gateway : host.address) + "\t" + host.name);
        }
        return lines;
    }
}

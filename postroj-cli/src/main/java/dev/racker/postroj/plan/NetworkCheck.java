package dev.racker.postroj.plan;

import java.util.List;

/**
 * An address to look at, as it was written, and what to expect there.
 *
 * @param address {@code tcp://HOST:PORT}, {@code udp://HOST:PORT} or an http or https address
 * @param status the status that the answer must have; null for the default
 * @param body what must be in the answer: a text or {@code /regex/}; null for anything
 * @param headers headers that the answer must have, {@code Name: pattern} each
 * @param redirects whether redirects are followed; null for the default
 * @param insecure whether certificates are not verified; null for the default
 */
public record NetworkCheck(
        String address, Integer status, String body, List<String> headers, Boolean redirects, Boolean insecure) {

    /** Takes a copy of the list. */
    public NetworkCheck {
        headers = List.copyOf(headers);
    }

    /** Expects what is expected by default. */
    public static NetworkCheck of(String address) {
        return new NetworkCheck(address, null, null, List.of(), null, null);
    }

    /** Says whether the address is one of http or https; only these have an answer to expect something of. */
    public boolean isHttp() {
        return address.regionMatches(true, 0, "http://", 0, 7) || address.regionMatches(true, 0, "https://", 0, 8);
    }

    /** Says whether anything but an answer is expected. */
    boolean expectsMore() {
        return status != null || body != null || !headers.isEmpty() || redirects != null || insecure != null;
    }
}

package dev.racker.harness.probe;

import dev.racker.harness.console.Suggestions;
import java.util.List;
import java.util.Locale;

/** Reads checks of addresses. */
public final class NetworkProbes {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final List<String> SCHEMES = List.of("tcp", "udp", "http", "https");

    private NetworkProbes() {}

    /**
     * Reads {@code tcp://HOST:PORT}, {@code udp://HOST:PORT} or {@code http(s)://HOST[:PORT][/PATH]}; the address is seen
     * from inside the machine.
     *
     * @param expectation what an HTTP server should answer; of no meaning for the other kinds
     * @throws InvalidProbeException when it is something else
     */
    public static Probe parse(String text, HttpExpectation expectation) {
        int colon = text.indexOf("://");
        if (colon <= 0) {
            throw InvalidProbeException.of(
                    "the network check",
                    text,
                    "it does not begin with a scheme",
                    "Write tcp://HOST:PORT, udp://HOST:PORT, http://HOST:PORT/ or https://HOST:PORT/.");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "tcp" -> new TcpProbe(text, Endpoint.parse(text, 0));
            case "udp" -> new UdpProbe(text, Endpoint.parse(text, 0));
            case "http" -> http(text, HTTP, expectation);
            case "https" -> http(text, HTTPS, expectation);
            default -> throw unknown(text, scheme);
        };
    }

    private static Probe http(String text, int defaultPort, HttpExpectation expectation) {
        Endpoint.parse(text, defaultPort); // only OkHttp reads the rest, and only when it is asked
        return new HttpProbe(text, expectation);
    }

    private static InvalidProbeException unknown(String text, String scheme) {
        List<String> near = Suggestions.nearest(scheme, SCHEMES);
        return InvalidProbeException.of(
                "the network check",
                text,
                "the scheme \"" + scheme + "\" is not known",
                near.isEmpty()
                        ? "Give one of: " + String.join(", ", SCHEMES) + "."
                        : "Did you mean " + String.join(" or ", near) + "?");
    }
}

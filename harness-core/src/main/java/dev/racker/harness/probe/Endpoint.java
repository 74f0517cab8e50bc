package dev.racker.harness.probe;

import java.net.URI;
import java.net.URISyntaxException;

/** Host and port out of an address such as {@code tcp://localhost:25}; an IPv6 address stands without its brackets. */
record Endpoint(String host, int port) {

    private static final int HIGHEST_PORT = 65535;

    /** Reads an address; {@code defaultPort} is 0 when one has to be given. */
    static Endpoint parse(String text, int defaultPort) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw InvalidProbeException.of(
                    "the network check",
                    text,
                    "that is no address: " + e.getReason() + " at character " + (Math.max(0, e.getIndex()) + 1),
                    "Write it as " + example(text) + ".");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw InvalidProbeException.of(
                    "the network check", text, whyNoHost(uri), "Write it as " + example(text) + ".");
        }
        if (uri.getPort() < 0 && defaultPort == 0) {
            throw InvalidProbeException.of(
                    "the network check", text, "it names no port", "Write it as " + example(text) + ".");
        }
        int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
        if (port == 0 || port > HIGHEST_PORT) {
            throw InvalidProbeException.of(
                    "the network check", text, port + " is no port", "Give one from 1 to " + HIGHEST_PORT + ".");
        }
        boolean extra = uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null
                || !uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/");
        if (defaultPort == 0 && extra) {
            throw InvalidProbeException.of(
                    "the network check",
                    text,
                    "an address of this kind is only a host and a port",
                    "Write it as " + example(text) + ".");
        }
        String host = uri.getHost();
        return new Endpoint(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    /** URI takes an authority that it does not understand for one of another naming scheme. */
    private static String whyNoHost(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null || authority.isEmpty() || authority.startsWith(":")) {
            return "it names no host";
        }
        return "\"" + authority + "\" is no host and port";
    }

    private static String example(String text) {
        String scheme = text.substring(0, text.indexOf(':'));
        return scheme + "://localhost:" + (scheme.equals("https") ? 8443 : 8080);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

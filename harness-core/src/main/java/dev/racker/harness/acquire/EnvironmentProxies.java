package dev.racker.harness.acquire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.Credentials;

/**
 * The proxies that the environment names, as skopeo reads it: {@code http_proxy}, {@code https_proxy}, {@code all_proxy}
 * and {@code no_proxy}, in lower case or else in upper case. {@code HTTP_PROXY} does not count where a web server may have
 * set it for a request (CGI).
 *
 * <p>{@code no_proxy} lists hosts, separated by commas, a port after a colon: a name stands for itself and for all below
 * it, {@code *} for all. This host's own loopback is never asked for through a proxy.
 */
final class EnvironmentProxies extends ProxySelector {

    private static final Set<String> SCHEMES = Set.of("http", "socks", "socks5", "socks5h");
    private static final List<Proxy> DIRECTLY = List.of(Proxy.NO_PROXY);

    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI target) {
        URI proxy = proxyOf(target);
        if (proxy == null) {
            return DIRECTLY;
        }
        Proxy.Type type = isSocks(proxy) ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
        return List.of(new Proxy(type, InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy))));
    }

    /** What logs in to the proxy at this address; null when the environment has no user for it. */
    String authorization(Proxy used) {
        if (!(used.address() instanceof InetSocketAddress address)) {
            return null;
        }
        for (String scheme : List.of("http", "https")) {
            URI proxy = parse(named(scheme));
            if (proxy != null
                    && proxy.getUserInfo() != null
                    && proxy.getHost().equals(address.getHostString())
                    && port(proxy) == address.getPort()) {
                String[] user = proxy.getUserInfo().split(":", 2);
                return Credentials.basic(user[0], user.length > 1 ? user[1] : "");
            }
        }
        return null;
    }

    @Override
    public void connectFailed(URI target, SocketAddress proxy, IOException failure) {
        // There is no other one to try; the failure itself is told.
    }

    private static boolean isSocks(URI proxy) {
        return proxy.getScheme().startsWith("socks");
    }

    private static int port(URI proxy) {
        return proxy.getPort() >= 0 ? proxy.getPort() : isSocks(proxy) ? 1080 : 80;
    }

    private URI proxyOf(URI target) {
        String host = target.getHost();
        return host == null || isExcepted(host, target.getPort()) ? null : parse(named(target.getScheme()));
    }

    private String named(String scheme) {
        String lower = scheme.toLowerCase(Locale.ROOT) + "_proxy";
        boolean cgi = lower.equals("http_proxy") && environment.containsKey("REQUEST_METHOD");
        String value = cgi ? environment.getOrDefault(lower, "") : either(lower);
        return value.isEmpty() ? either("all_proxy") : value;
    }

    private String either(String lower) {
        String value = environment.get(lower);
        return value != null ? value : environment.getOrDefault(lower.toUpperCase(Locale.ROOT), "");
    }

    /** Without a scheme it is a proxy for HTTP. */
    private static URI parse(String text) {
        if (text.isBlank()) {
            return null;
        }
        String address = text.contains("://") ? text : "http://" + text;
        try {
            URI uri = URI.create(address.strip());
            if (uri.getHost() != null && SCHEMES.contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw refused(text, e);
        }
        throw refused(text, null);
    }

    private static HttpDownloadException refused(String text, Exception cause) {
        return new HttpDownloadException(
                "Tried to use the proxy \"" + text.replaceAll("//[^/@]*@", "//***@")
                        + "\" of the environment, but that is no address of one that can be used.",
                "Set http_proxy and https_proxy to something like http://proxy.example:3128, or to nothing.",
                cause);
    }

    private boolean isExcepted(String host, int port) {
        String name = bare(host);
        if (name.equals("localhost") || name.startsWith("127.") || name.equals("::1")) {
            return true;
        }
        for (String entry : either("no_proxy").split(",")) {
            String excepted = entry.strip().toLowerCase(Locale.ROOT);
            if (excepted.equals("*")) {
                return true;
            }
            int colon = excepted.lastIndexOf(':');
            if (colon > 0 && colon == excepted.indexOf(':')) { // not an address of version 6
                if (!excepted.substring(colon + 1).equals(Integer.toString(port))) {
                    continue;
                }
                excepted = excepted.substring(0, colon);
            }
            String suffix = bare(excepted.startsWith("*.") ? excepted.substring(1) : excepted);
            String plain = suffix.startsWith(".") ? suffix.substring(1) : suffix;
            if (!plain.isEmpty() && (name.equals(plain) || name.endsWith("." + plain))) {
                return true;
            }
        }
        return false;
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }
}

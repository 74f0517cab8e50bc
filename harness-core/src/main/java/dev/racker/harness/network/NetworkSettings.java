package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a user wants of the network of a container; it is the same each time that the container is started.
 *
 * @param requests the networks, the first of which the published ports are in; empty for the bridge alone
 * @param ports what is published on the host
 * @param expose the ports that are not published unless all are, such as {@code 80/tcp} or {@code 8000-8010}
 * @param publishAll whether the exposed ports, also the image's, are published on ports of the host that are free
 * @param dns the addresses of the name servers that the machine shall ask; empty for those of the host
 * @param dnsSearch the domains to look names up in; {@code "."} for none, empty for those of the host
 * @param dnsOptions the options of the machine's resolver; empty for those of the host
 * @param extraHosts further names, each as {@code NAME:ADDRESS}, where the address may be {@code host-gateway}
 */
public record NetworkSettings(
        List<NetworkRequest> requests,
        List<PortMapping> ports,
        List<String> expose,
        boolean publishAll,
        List<String> dns,
        List<String> dnsSearch,
        List<String> dnsOptions,
        List<String> extraHosts) {

    private static final NetworkSettings DEFAULTS =
            new NetworkSettings(List.of(), List.of(), List.of(), false, List.of(), List.of(), List.of(), List.of());

    /** Checks all parts and throws a {@link HarnessException} that quotes what is wrong. */
    public NetworkSettings {
        requests = List.copyOf(requests);
        ports = List.copyOf(ports);
        expose = List.copyOf(expose);
        dns = List.copyOf(dns);
        dnsSearch = List.copyOf(dnsSearch);
        dnsOptions = List.copyOf(dnsOptions);
        extraHosts = List.copyOf(extraHosts);
        checkTogether(requests);
        expose.forEach(PortMapping::exposed);
        extraHosts.forEach(ExtraHost::parse);
        for (String server : dns) {
            checkServer(server);
        }
        for (String domain : dnsSearch) {
            checkWord(domain, ".-_", "a domain to look names up in, but it is none", "Give one such as example.org.");
        }
        for (String option : dnsOptions) {
            checkWord(option, ":-_", "an option of the resolver, but it is none", "See resolv.conf(5).");
        }
    }

    /** The bridge, and nothing else said. */
    public static NetworkSettings defaults() {
        return DEFAULTS;
    }

    /** Says whether these are the defaults. */
    public boolean areDefaults() {
        // the first equals of a record makes the JVM generate code, see Limits
        return requests.isEmpty()
                && ports.isEmpty()
                && expose.isEmpty()
                && !publishAll
                && dns.isEmpty()
                && dnsSearch.isEmpty()
                && dnsOptions.isEmpty()
                && extraHosts.isEmpty();
    }

    /** One network, and nothing else said. */
    public static NetworkSettings of(NetworkMode mode) {
        return mode == NetworkMode.BRIDGE ? DEFAULTS : DEFAULTS.on(List.of(NetworkRequest.of(mode.toString())));
    }

    /** The same on other networks. */
    public NetworkSettings on(List<NetworkRequest> newRequests) {
        return new NetworkSettings(newRequests, ports, expose, publishAll, dns, dnsSearch, dnsOptions, extraHosts);
    }

    /** The same with one more network, or with other wishes in one that is there already. */
    public NetworkSettings connecting(NetworkRequest request) {
        List<NetworkRequest> all =
                new ArrayList<>(requests.isEmpty() ? List.of(NetworkRequest.of("bridge")) : requests);
        all.removeIf(each -> each.network().equals(request.network()));
        all.add(request);
        return on(all);
    }

    /** The same without one network; when it was the last one, without any. */
    public NetworkSettings disconnecting(String network) {
        List<NetworkRequest> all =
                new ArrayList<>(requests.isEmpty() ? List.of(NetworkRequest.of("bridge")) : requests);
        all.removeIf(each -> each.network().equals(network));
        return on(all.isEmpty() ? List.of(NetworkRequest.of("none")) : all);
    }

    /** Says whether a network is among them. */
    public boolean connects(String network) {
        return requests.isEmpty()
                ? network.equals("bridge")
                : requests.stream().anyMatch(each -> each.network().equals(network));
    }

    /** The same with other published ports. */
    public NetworkSettings publish(List<PortMapping> newPorts) {
        return new NetworkSettings(requests, newPorts, expose, publishAll, dns, dnsSearch, dnsOptions, extraHosts);
    }

    /** The same with other name servers. */
    public NetworkSettings ask(List<String> newDns) {
        return new NetworkSettings(requests, ports, expose, publishAll, newDns, dnsSearch, dnsOptions, extraHosts);
    }

    /** The same with the ports that the image exposes, which are published when all are. */
    public NetworkSettings exposing(List<String> imagePorts) {
        if (imagePorts.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(expose);
        for (String port : imagePorts) {
            if (!all.contains(port)) {
                all.add(port);
            }
        }
        return new NetworkSettings(requests, ports, all, publishAll, dns, dnsSearch, dnsOptions, extraHosts);
    }

    /** How the machine is isolated: the bridge, also when it is one that a user has made. */
    public NetworkMode mode() {
        String first = requests.isEmpty() ? "bridge" : requests.get(0).network();
        return switch (first) {
            case "host" -> NetworkMode.HOST;
            case "none" -> NetworkMode.NONE;
            default -> NetworkMode.BRIDGE;
        };
    }

    /** What is to be published, with the exposed ports when all are. */
    List<PortMapping> published() {
        if (!publishAll) {
            return ports;
        }
        List<PortMapping> all = new ArrayList<>(ports);
        for (String text : expose) {
            PortMapping exposed = PortMapping.exposed(text);
            boolean there = ports.stream()
                    .anyMatch(port -> port.protocol().equals(exposed.protocol())
                            && port.port() <= exposed.port()
                            && exposed.port() + exposed.count() <= port.port() + port.count());
            if (!there) {
                all.add(exposed);
            }
        }
        return all;
    }

    /** Says whether nothing is said but the mode: no network of a user, address, published port, name or name server. */
    public boolean isMode() {
        boolean one = requests.isEmpty()
                || requests.size() == 1 && requests.get(0).equals(NetworkRequest.of(mode().toString()));
        return one
                && ports.isEmpty()
                && !publishAll
                && dns.isEmpty()
                && dnsSearch.isEmpty()
                && dnsOptions.isEmpty()
                && extraHosts.isEmpty();
    }

    /** Says whether the default bridge alone is wanted, and nothing published. */
    boolean isPlain() {
        return ports.isEmpty()
                && !publishAll
                && (requests.isEmpty()
                        || requests.size() == 1 && requests.get(0).isPlain());
    }

    private static void checkTogether(List<NetworkRequest> requests) {
        Set<String> names = new HashSet<>();
        for (NetworkRequest request : requests) {
            if (!names.add(request.network())) {
                throw new HarnessException(
                        "Tried to connect the machine to the network \"" + request.network() + "\", but it is named"
                                + " twice.",
                        "Name it once, with all aliases.");
            }
        }
        for (String alone : names.size() > 1 ? List.of("host", "none") : List.<String>of()) {
            if (names.contains(alone)) {
                throw new HarnessException(
                        "Tried to connect the machine to several networks, but one of them is \"" + alone + "\".",
                        "Name that one alone, or leave it out.");
            }
        }
    }

    /** An address of this host's link may name the interface behind a percent sign. */
    private static void checkServer(String server) {
        int zone = server.indexOf('%');
        boolean zoned = zone > 0 && NetworkOptions.isWord(server.substring(zone + 1), ".-_");
        if (!Ip.isOne(zoned ? server.substring(0, zone) : server)) {
            throw new HarnessException(
                    "Tried to use \"" + server + "\" as a name server, but it is not an IP address.",
                    "Give one such as 192.0.2.53.");
        }
    }

    private static void checkWord(String text, String others, String what, String hint) {
        if (!NetworkOptions.isWord(text, others)) {
            throw new HarnessException("Tried to use \"" + text + "\" as " + what + ".", hint);
        }
    }

    /** Writes all of it as properties of the object that is being written. */
    public void write(JsonWriter out) {
        out.strings("networks", texts(requests))
                .strings("ports", texts(ports))
                .strings("expose", expose)
                .bool("publish_all", publishAll)
                .strings("dns", dns)
                .strings("dns_search", dnsSearch)
                .strings("dns_options", dnsOptions)
                .strings("extra_hosts", extraHosts);
    }

    /** Reads the object that {@link #write} has filled; a null is the defaults. */
    public static NetworkSettings read(JsonReader in) {
        List<NetworkRequest> requests = new ArrayList<>();
        List<PortMapping> ports = new ArrayList<>();
        List<String> expose = List.of();
        boolean publishAll = false;
        List<String> dns = List.of();
        List<String> dnsSearch = List.of();
        List<String> dnsOptions = List.of();
        List<String> extraHosts = List.of();
        if (!in.object()) {
            return DEFAULTS;
        }
        for (String name = in.property(); name != null; name = in.property()) {
            switch (name) {
                case "networks" -> in.strings().forEach(text -> requests.add(NetworkRequest.parse(text)));
                case "ports" -> in.strings().forEach(text -> ports.add(PortMapping.parse(text)));
                case "expose" -> expose = in.strings();
                case "publish_all" -> publishAll = in.bool();
                case "dns" -> dns = in.strings();
                case "dns_search" -> dnsSearch = in.strings();
                case "dns_options" -> dnsOptions = in.strings();
                case "extra_hosts" -> extraHosts = in.strings();
                default -> in.skip();
            }
        }
        return new NetworkSettings(requests, ports, expose, publishAll, dns, dnsSearch, dnsOptions, extraHosts);
    }

    private static List<String> texts(List<?> values) {
        List<String> texts = new ArrayList<>(values.size());
        for (Object value : values) {
            texts.add(value.toString());
        }
        return texts;
    }
}

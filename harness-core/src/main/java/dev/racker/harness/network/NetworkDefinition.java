package dev.racker.harness.network;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network: one that a user has made, or one that is always there.
 *
 * @param name unique on this host
 * @param id 64 hexadecimal digits
 * @param driver {@code bridge}, {@code host} or {@code null}
 * @param subnets its ranges of addresses, the one of IPv4 first; none for host and none
 * @param internal whether its machines reach each other only
 * @param labels what the user has written on it
 * @param options what the user has chosen of the driver
 * @param created when it was made
 */
public record NetworkDefinition(
        String name,
        String id,
        String driver,
        List<NetworkSubnet> subnets,
        boolean internal,
        Map<String, String> labels,
        Map<String, String> options,
        Instant created) {

    /** The option that names the bridge. */
    static final String BRIDGE_NAME = "com.docker.network.bridge.name";

    /** The option that says how large packets may be. */
    static final String MTU = "com.docker.network.driver.mtu";

    private static final int FORMAT = 1;
    private static final int SHORT_ID = 12;

    /** Takes copies of lists and maps. */
    public NetworkDefinition {
        subnets = List.copyOf(subnets);
        labels = Map.copyOf(labels);
        options = Map.copyOf(options);
    }

    /** Says whether its machines have IPv6 addresses. */
    public boolean ipv6() {
        return subnet(true).isPresent();
    }

    /** Says whether it is there without anybody having made it. */
    public boolean predefined() {
        return NetworkNames.isPredefined(name);
    }

    /** The first digits of the id. */
    public String shortId() {
        return shortId(id);
    }

    static String shortId(String id) {
        return id.substring(0, SHORT_ID);
    }

    Optional<NetworkSubnet> subnet(boolean six) {
        return subnets.stream().filter(subnet -> subnet.six() == six).findFirst();
    }

    NetworkSubnet four() {
        return subnet(false).orElseThrow();
    }

    /** The name of the bridge: at most 15 characters (IFNAMSIZ). */
    String bridge() {
        String chosen = options.get(BRIDGE_NAME);
        return chosen == null ? "rk-" + shortId() : chosen;
    }

    byte[] toJson() {
        JsonWriter out = new JsonWriter()
                .number("format", FORMAT)
                .string("name", name)
                .string("id", id)
                .string("driver", driver)
                .bool("internal", internal)
                .string("created", created.toString())
                .stringMap("labels", labels)
                .stringMap("options", options);
        for (NetworkSubnet subnet : subnets) {
            out.object(subnet.six() ? "ipv6" : "ipv4")
                    .string("subnet", subnet.subnet())
                    .string("gateway", subnet.gateway())
                    .string("ip_range", subnet.ipRange())
                    .endObject();
        }
        return out.toBytes();
    }

    static NetworkDefinition fromJson(byte[] json) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<NetworkSubnet> subnets = new ArrayList<>();
        Map<String, String> labels = Map.of();
        Map<String, String> options = Map.of();
        boolean internal = false;
        try (JsonReader in = JsonReader.of(json)) {
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "name", "id", "driver", "created" -> texts.put(property, in.string());
                    case "internal" -> internal = in.bool();
                    case "labels" -> labels = in.stringMap();
                    case "options" -> options = in.stringMap();
                    case "ipv4", "ipv6" -> subnets.add(subnet(in.stringMap()));
                    default -> in.skip();
                }
            }
            in.end();
            return new NetworkDefinition(
                    text(texts, "name"),
                    text(texts, "id"),
                    text(texts, "driver"),
                    subnets,
                    internal,
                    labels,
                    options,
                    Instant.parse(text(texts, "created")));
        } catch (DateTimeException | NumberFormatException e) {
            throw new MalformedJsonException("an address or the time of creation is none", e);
        }
    }

    private static NetworkSubnet subnet(Map<String, String> texts) {
        NetworkSubnet subnet =
                new NetworkSubnet(text(texts, "subnet"), text(texts, "gateway"), text(texts, "ip_range"));
        subnet.pool();
        subnet.gatewayIp();
        return subnet;
    }

    private static String text(Map<String, String> texts, String name) {
        String value = texts.get(name);
        if (value == null) {
            throw new MalformedJsonException("'" + name + "' is missing", null);
        }
        return value;
    }
}

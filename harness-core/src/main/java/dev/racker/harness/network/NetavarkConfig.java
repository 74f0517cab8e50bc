package dev.racker.harness.network;

import dev.racker.harness.json.JsonReader;
import java.util.List;
import java.util.Map;

/**
 * What netavark(1) is told about one machine in one network, in the JSON that its {@code setup} reads; and, in a property
 * that netavark passes over, what others want to know about it.
 *
 * @param containerId letters, digits, dots, underscores and hyphens
 * @param name of the machine: letters, digits, dots, underscores and hyphens
 * @param bridge the name of the bridge, by which netavark knows the network as well
 * @param id 64 hexadecimal digits, by which netavark knows it too
 * @param subnets the ranges of the network
 * @param options for netavark's driver
 * @param place what the machine gets
 */
record NetavarkConfig(
        String containerId,
        String name,
        String bridge,
        String id,
        List<NetworkSubnet> subnets,
        Map<String, String> options,
        Connection place) {

    private static final int ID_LENGTH = 64;

    /** The machine's first interface; not nspawn's {@code host0}, which systemd-networkd in the guest would take over. */
    static final String INTERFACE = "eth0";

    /** The place of a machine on the default bridge; its range and gateway follow from the address. */
    static NetavarkConfig onBridge(
            String containerId, String name, String bridge, int address, String mac, String interfaceName) {
        Subnet subnet = Subnet.of(address);
        String gateway = Subnet.text(subnet.gateway());
        String id = id(bridge);
        Connection place = new Connection(
                "bridge",
                id,
                bridge,
                interfaceName,
                mac.isEmpty() ? mac(address) : mac,
                Subnet.text(address),
                Subnet.PREFIX,
                gateway,
                "",
                0,
                "",
                false,
                List.of());
        NetworkSubnet range = new NetworkSubnet(subnet.toString(), gateway, "");
        return new NetavarkConfig(containerId, name, bridge, id, List.of(range), Map.of(), place);
    }

    /** The document, valid for netavark 1.0 and later. */
    String json() {
        StringBuilder json = new StringBuilder(1024)
                .append("{\"container_id\":\"")
                .append(containerId)
                .append("\",\"container_name\":\"")
                .append(name)
                .append("\",\"networks\":{\"")
                .append(bridge)
                .append("\":{\"interface_name\":\"")
                .append(place.interfaceName())
                .append("\",\"static_mac\":\"")
                .append(place.mac())
                .append("\",\"static_ips\":[\"")
                .append(place.address());
        if (!place.address6().isEmpty()) {
            json.append("\",\"").append(place.address6());
        }
        json.append("\"]}},\"network_info\":{\"")
                .append(bridge)
                .append("\":{\"name\":\"")
                .append(bridge)
                .append("\",\"id\":\"")
                .append(id)
                .append("\",\"driver\":\"bridge\",\"network_interface\":\"")
                .append(bridge)
                .append("\",\"subnets\":[");
        for (int i = 0; i < subnets.size(); i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"subnet\":\"")
                    .append(subnets.get(i).subnet())
                    .append("\",\"gateway\":\"")
                    .append(subnets.get(i).gateway())
                    .append("\"}");
        }
        json.append("],\"ipv6_enabled\":")
                .append(subnets.size() > 1)
                .append(",\"internal\":")
                .append(place.internal())
                .append(",\"dns_enabled\":false");
        appendOptions(json);
        json.append(",\"ipam_options\":{\"driver\":\"host-local\"}}},\"port_mappings\":[],\"racker\":{");
        appendPlace(json);
        return json.append("}}").toString();
    }

    private void appendOptions(StringBuilder json) {
        String separator = ",\"options\":{\"";
        for (Map.Entry<String, String> option : options.entrySet()) {
            json.append(separator).append(option.getKey()).append("\":\"").append(option.getValue());
            separator = "\",\"";
        }
        json.append(options.isEmpty() ? "" : "\"}");
    }

    private void appendPlace(StringBuilder json) {
        property(json, "network", place.network());
        property(json, "id", place.networkId());
        property(json, "bridge", place.bridge());
        property(json, "interface", place.interfaceName());
        property(json, "mac", place.mac());
        property(json, "address", place.address());
        property(json, "gateway", place.gateway());
        property(json, "address6", place.address6());
        property(json, "gateway6", place.gateway6());
        json.append("\"prefix\":")
                .append(place.prefix())
                .append(",\"prefix6\":")
                .append(place.prefix6())
                .append(",\"internal\":")
                .append(place.internal())
                .append(",\"aliases\":[");
        for (int i = 0; i < place.aliases().size(); i++) {
            json.append(i == 0 ? "\"" : ",\"").append(place.aliases().get(i)).append('"');
        }
        json.append(']');
    }

    private static void property(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"").append(value).append("\",");
    }

    /** Reads what {@link #json} has written, as far as others want to know it. */
    static Endpoint read(byte[] json) {
        String containerId = "";
        String name = "";
        Connection place = null;
        try (JsonReader in = JsonReader.of(json)) {
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "container_id" -> containerId = in.string();
                    case "container_name" -> name = in.string();
                    case "racker" -> place = place(in);
                    default -> in.skip();
                }
            }
        }
        return new Endpoint(containerId, name, place);
    }

    private static Connection place(JsonReader in) {
        Map<String, String> texts = new java.util.HashMap<>();
        int prefix = 0;
        int prefix6 = 0;
        boolean internal = false;
        List<String> aliases = List.of();
        in.object();
        for (String property = in.property(); property != null; property = in.property()) {
            switch (property) {
                case "prefix" -> prefix = (int) in.number();
                case "prefix6" -> prefix6 = (int) in.number();
                case "internal" -> internal = in.bool();
                case "aliases" -> aliases = in.strings();
                default -> texts.put(property, in.string());
            }
        }
        return new Connection(
                texts.getOrDefault("network", ""),
                texts.getOrDefault("id", ""),
                texts.getOrDefault("bridge", ""),
                texts.getOrDefault("interface", ""),
                texts.getOrDefault("mac", ""),
                texts.getOrDefault("address", ""),
                prefix,
                texts.getOrDefault("gateway", ""),
                texts.getOrDefault("address6", ""),
                prefix6,
                texts.getOrDefault("gateway6", ""),
                internal,
                aliases);
    }

    /** The hardware address that the bridge keeps. */
    String bridgeMac() {
        return mac(Subnet.parse(place.gateway()));
    }

    /** A hardware address that follows from the IP address, so that no neighbour remembers a wrong pair. */
    static String mac(int address) {
        StringBuilder mac = new StringBuilder("02:72");
        for (int shift = 24; shift >= 0; shift -= 8) {
            int part = address >>> shift & 255;
            mac.append(part < 16 ? ":0" : ":").append(Integer.toHexString(part));
        }
        return mac.toString();
    }

    /** The id of a network that has none but the name of its bridge. */
    static String id(String bridge) {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < bridge.length(); i++) {
            id.append(Integer.toHexString(bridge.charAt(i)));
        }
        while (id.length() < ID_LENGTH) {
            id.append('0');
        }
        return id.toString();
    }
}

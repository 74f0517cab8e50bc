package dev.racker.cli;

import dev.racker.harness.network.Connection;
import dev.racker.harness.network.Endpoint;
import dev.racker.harness.network.NetworkDefinition;
import dev.racker.harness.network.NetworkSubnet;
import dev.racker.harness.store.ContainerRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Networks as JSON, with the names that docker gives to everything. */
final class NetworkJson {

    private NetworkJson() {}

    /** What {@code network ls} tells of a network. */
    static ObjectNode row(NetworkDefinition network, boolean truncated) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("CreatedAt", network.created().toString());
        row.put("Driver", network.driver());
        row.put("ID", truncated ? network.shortId() : network.id());
        row.put("IPv4", Boolean.toString(!network.subnets().isEmpty()));
        row.put("IPv6", Boolean.toString(network.ipv6()));
        row.put("Internal", Boolean.toString(network.internal()));
        StringBuilder labels = new StringBuilder();
        new TreeMap<>(network.labels())
                .forEach((key, value) -> labels.append(labels.isEmpty() ? "" : ",")
                        .append(key)
                        .append('=')
                        .append(value));
        row.put("Labels", labels.toString());
        row.put("Name", network.name());
        row.put("Scope", "local");
        return row;
    }

    /** What {@code network inspect} tells of a network. */
    static ObjectNode details(NetworkDefinition network, List<Endpoint> endpoints, List<ContainerRecord> containers) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("Name", network.name());
        details.put("Id", network.id());
        details.put("Created", network.created().toString());
        details.put("Scope", "local");
        details.put("Driver", network.driver());
        details.put("EnableIPv4", !network.subnets().isEmpty());
        details.put("EnableIPv6", network.ipv6());
        ObjectNode addresses = details.putObject("IPAM");
        addresses.put("Driver", "default");
        addresses.putObject("Options");
        ArrayNode ranges = addresses.putArray("Config");
        for (NetworkSubnet subnet : network.subnets()) {
            ObjectNode range = ranges.addObject().put("Subnet", subnet.subnet());
            if (!subnet.ipRange().isEmpty()) {
                range.put("IPRange", subnet.ipRange());
            }
            range.put("Gateway", subnet.gateway());
        }
        details.put("Internal", network.internal());
        details.put("Attachable", false);
        details.put("Ingress", false);
        details.putObject("ConfigFrom").put("Network", "");
        details.put("ConfigOnly", false);
        ObjectNode connected = details.putObject("Containers");
        for (Endpoint endpoint : endpoints) {
            String container = id(endpoint, containers);
            endpoint(connected.putObject(container), endpoint, EndpointId.of(network.id(), container));
        }
        texts(details.putObject("Options"), network.options());
        texts(details.putObject("Labels"), network.labels());
        return details;
    }

    /** Networks know the short ids of containers only. */
    private static String id(Endpoint endpoint, List<ContainerRecord> containers) {
        for (ContainerRecord container : containers) {
            if (container.shortId().equals(endpoint.containerId())) {
                return container.id();
            }
        }
        return endpoint.containerId(); // a container that is just going
    }

    private static void endpoint(ObjectNode node, Endpoint endpoint, String id) {
        Connection place = endpoint.connection();
        node.put("Name", endpoint.name());
        node.put("EndpointID", id);
        node.put("MacAddress", place == null ? "" : place.mac());
        node.put("IPv4Address", place == null ? "" : place.address() + "/" + place.prefix());
        boolean six = place != null && !place.address6().isEmpty();
        node.put("IPv6Address", six ? place.address6() + "/" + place.prefix6() : "");
    }

    private static void texts(ObjectNode node, Map<String, String> texts) {
        new TreeMap<>(texts).forEach(node::put);
    }
}

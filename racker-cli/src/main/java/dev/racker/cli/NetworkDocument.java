package dev.racker.cli;

import dev.racker.harness.ContainerOptions;
import dev.racker.harness.network.Connection;
import dev.racker.harness.network.Connections;
import dev.racker.harness.network.PortMapping;
import tools.jackson.databind.node.ObjectNode;

/** The object "NetworkSettings" of docker's {@code inspect}: what a container is connected to. */
final class NetworkDocument {

    private final String container;
    private final Connections connections;
    private final ContainerOptions options;
    private final long leader;

    NetworkDocument(String container, Connections connections, ContainerOptions options, long leader) {
        this.container = container;
        this.connections = connections;
        this.options = options;
        this.leader = leader;
    }

    void write(ObjectNode node) {
        node.put("Bridge", "");
        node.put("SandboxID", "");
        node.put("SandboxKey", leader == 0 ? "" : "/proc/" + leader + "/ns/net");
        ObjectNode ports = node.putObject("Ports");
        for (PortMapping mapping : connections.ports()) {
            for (int i = 0; i < mapping.count(); i++) {
                publish(ports, mapping.single(i));
            }
        }
        Connection first =
                connections.networks().isEmpty() ? null : connections.networks().get(0);
        node.put("EndpointID", endpoint(first));
        address(node, first);
        ObjectNode networks = node.putObject("Networks");
        if (first == null) {
            for (String name : ContainerFilter.networks(options)) {
                address(networks.putObject(name).put("NetworkID", "").put("EndpointID", ""), null);
            }
        }
        for (Connection place : connections.networks()) {
            ObjectNode network = networks.putObject(place.network());
            network.putObject("IPAMConfig");
            ContainerDocuments.texts(network.putArray("Aliases"), place.aliases());
            network.put("NetworkID", place.networkId());
            network.put("EndpointID", endpoint(place));
            address(network, place);
        }
    }

    /** There is none as long as the container does not run. */
    private String endpoint(Connection place) {
        return place == null || leader == 0 ? "" : EndpointId.of(place.networkId(), container);
    }

    private void publish(ObjectNode ports, PortMapping single) {
        for (String address : connections.answering(single)) {
            int colon = address.lastIndexOf(':');
            String host = address.substring(0, colon);
            ports.withArray(single.port() + "/" + single.protocol())
                    .addObject()
                    .put("HostIp", host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                    .put("HostPort", address.substring(colon + 1));
        }
    }

    private static void address(ObjectNode node, Connection place) {
        node.put("Gateway", place == null ? "" : place.gateway());
        node.put("IPAddress", place == null ? "" : place.address());
        node.put("IPPrefixLen", place == null ? 0 : place.prefix());
        node.put("IPv6Gateway", place == null ? "" : place.gateway6());
        node.put("GlobalIPv6Address", place == null ? "" : place.address6());
        node.put("GlobalIPv6PrefixLen", place == null ? 0 : place.prefix6());
        node.put("MacAddress", place == null ? "" : place.mac());
    }
}

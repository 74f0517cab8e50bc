package dev.racker.harness.network;

/**
 * What netavark(1) is told about one machine, in the JSON that its {@code setup} reads.
 *
 * @param containerId letters, digits, dots, underscores and hyphens
 * @param hostname letters, digits, dots and hyphens
 * @param bridge the name of the bridge, which is the name of the network as well
 * @param address the machine's address; its range and gateway follow from it
 */
record NetavarkConfig(String containerId, String hostname, String bridge, int address) {

    /** The interface's name inside; not nspawn's {@code host0}, which systemd-networkd in the guest would take over. */
    static final String INTERFACE = "eth0";

    /** The document, valid for netavark 1.0 and later. */
    String json() {
        Subnet subnet = Subnet.of(address);
        return new StringBuilder(640)
                .append("{\"container_id\":\"")
                .append(containerId)
                .append("\",\"container_name\":\"")
                .append(hostname)
                .append("\",\"networks\":{\"")
                .append(bridge)
                .append("\":{\"interface_name\":\"" + INTERFACE + "\",\"static_mac\":\"")
                .append(mac(address))
                .append("\",\"static_ips\":[\"")
                .append(Subnet.text(address))
                .append("\"]}},\"network_info\":{\"")
                .append(bridge)
                .append("\":{\"name\":\"")
                .append(bridge)
                .append("\",\"id\":\"")
                .append(networkId())
                .append("\",\"driver\":\"bridge\",\"network_interface\":\"")
                .append(bridge)
                .append("\",\"subnets\":[{\"subnet\":\"")
                .append(subnet)
                .append("\",\"gateway\":\"")
                .append(Subnet.text(subnet.gateway()))
                .append(
                        "\"}],\"ipv6_enabled\":false,\"internal\":false,\"dns_enabled\":false,\"ipam_options\":{\"driver\":\"host-local\"}}},\"port_mappings\":[]}")
                .toString();
    }

    /** The hardware address that the bridge keeps. */
    String bridgeMac() {
        return mac(Subnet.of(address).gateway());
    }

    /** A hardware address that follows from the IP address, so that no neighbour remembers a wrong pair. */
    private static String mac(int address) {
        StringBuilder mac = new StringBuilder("02:72");
        for (int shift = 24; shift >= 0; shift -= 8) {
            int part = address >>> shift & 255;
            mac.append(part < 16 ? ":0" : ":").append(Integer.toHexString(part));
        }
        return mac.toString();
    }

    /** 64 hexadecimal digits, as netavark wants them. */
    private String networkId() {
        StringBuilder id = new StringBuilder(64);
        for (int i = 0; i < bridge.length(); i++) {
            id.append(Integer.toHexString(bridge.charAt(i)));
        }
        while (id.length() < 64) {
            id.append('0');
        }
        return id.toString();
    }
}

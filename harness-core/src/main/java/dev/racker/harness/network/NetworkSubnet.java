package dev.racker.harness.network;

/**
 * A range of addresses of a network.
 *
 * @param subnet the range, such as {@code 10.189.0.0/24}
 * @param gateway the host's address in it
 * @param ipRange the part of the subnet that addresses are chosen from; empty for all of it
 */
public record NetworkSubnet(String subnet, String gateway, String ipRange) {

    Cidr range() {
        return Cidr.parse(subnet);
    }

    Ip gatewayIp() {
        return Ip.parse(gateway);
    }

    /** What addresses are chosen from. */
    Cidr pool() {
        return ipRange.isEmpty() ? range() : Cidr.parse(ipRange);
    }

    boolean six() {
        return subnet.indexOf(':') >= 0;
    }
}

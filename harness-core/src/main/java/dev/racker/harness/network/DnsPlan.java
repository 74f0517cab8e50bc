package dev.racker.harness.network;

import java.util.List;

/**
 * How names are resolved in a machine behind the bridge.
 *
 * @param resolvConf the text of the guest's resolv.conf
 * @param forwarding the address on which a forwarder must answer; empty for none
 * @param warnings what the user should know
 */
record DnsPlan(String resolvConf, String forwarding, List<String> warnings) {

    private static final String UNREACHABLE =
            "Names will not resolve in the machine: the host's name server listens on the host's loopback only. Install"
                    + " the package aardvark-dns, or choose a name server with --dns.";

    static DnsPlan of(Resolver.Bridged bridged, String gateway, boolean forwarderInstalled) {
        if (!bridged.forwarded()) {
            return new DnsPlan(bridged.text(), "", List.of());
        }
        return forwarderInstalled
                ? new DnsPlan(bridged.text(), gateway, List.of())
                : new DnsPlan(bridged.text(), "", List.of(UNREACHABLE));
    }
}

package dev.racker.harness.network;

import java.nio.file.Path;
import java.util.List;

/**
 * The network namespace that holds the bridge and what is known of it: this process's own, or for a test another one.
 *
 * @param entry the words before a command that is to run in it
 * @param routes its IPv4 routes, in the format of {@code /proc/net/route}
 * @param resolver where its name servers are listed
 */
record HostNetwork(List<String> entry, Path routes, Resolver resolver) {

    /** The network of this process. */
    static HostNetwork own() {
        return new HostNetwork(
                List.of(),
                Path.of("/proc/net/route"),
                new Resolver(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf")));
    }
}

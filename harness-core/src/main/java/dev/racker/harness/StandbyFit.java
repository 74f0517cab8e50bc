package dev.racker.harness;

import dev.racker.harness.network.NetworkMode;

/**
 * Whether a container can have a machine that is booted already.
 *
 * <p>What runs in it, with its arguments, environment, user, directory, terminal and deadlines, is decided when that starts,
 * and labels are only noted. Limits can be set at any time. Everything else is what a machine begins with.
 */
final class StandbyFit {

    private StandbyFit() {}

    /** Why the options need a machine of their own; empty when one that waits on this network will do. */
    static String obstacle(ContainerOptions options, NetworkMode network) {
        if (!options.ephemeral()) {
            return "the container is to be kept, and machines that wait are removed at their end";
        }
        if (!options.name().isEmpty()) {
            return "the container's name is that of its machine, which one that has booted has already";
        }
        if (!options.hostname().isEmpty()) {
            return "one that has booted has a host name already";
        }
        if (options.network().mode() != network) {
            return "machines that wait have the network " + network + ", not "
                    + options.network().mode();
        }
        if (!options.network().isMode()) {
            return "one that has booted is connected already, without ports, addresses, names and name servers of its own";
        }
        return isolationObstacle(options);
    }

    private static String isolationObstacle(ContainerOptions options) {
        if (options.hostUsers()) {
            return "machines that wait have a user namespace";
        }
        if (!options.isolation().isUsual()) {
            return "machines that wait have the usual isolation from the host";
        }
        boolean mounts = !options.mounts().isNone()
                || !options.binds().isEmpty()
                || !options.tmpfs().isEmpty();
        return mounts ? "machines that wait have no mounts but the image's own" : "";
    }
}

package dev.racker.harness;

import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.Tmpfs;
import dev.racker.harness.network.NetworkMode;
import java.time.Duration;
import java.util.List;

/**
 * How a container is made of an image and its machine started; immutable, made by {@link #defaults()} and the methods
 * that change one thing.
 *
 * @param name by which users call the container; empty for one of ours
 * @param hostname the host name inside; empty for the machine's name
 * @param ephemeral whether the container is removed when its machine ends
 * @param network what the machine is connected to
 * @param dns name servers to use instead of the host's
 * @param hostUsers whether root inside is root outside
 * @param privileged whether the machine keeps all capabilities; implies {@code hostUsers}
 * @param binds what the machine sees of the host
 * @param tmpfs the machine's file systems in memory
 * @param command what is going to run, for the record
 * @param bootTimeout how long the machine may take until it is ready
 */
public record ContainerOptions(
        String name,
        String hostname,
        boolean ephemeral,
        NetworkMode network,
        List<String> dns,
        boolean hostUsers,
        boolean privileged,
        List<Bind> binds,
        List<Tmpfs> tmpfs,
        List<String> command,
        Duration bootTimeout) {

    /** How long a machine may take until it is ready when nobody says otherwise. */
    public static final Duration DEFAULT_BOOT_TIMEOUT = Duration.ofSeconds(60);

    /** Takes copies; what a user namespace cannot do on the host's network or privileged needs the host's users. */
    public ContainerOptions {
        dns = List.copyOf(dns);
        binds = List.copyOf(binds);
        tmpfs = List.copyOf(tmpfs);
        command = List.copyOf(command);
        hostUsers = hostUsers || privileged || network == NetworkMode.HOST;
    }

    /** An ephemeral container with a name of ours, a user namespace, and a network behind a bridge. */
    public static ContainerOptions defaults() {
        return new ContainerOptions(
                "",
                "",
                true,
                NetworkMode.BRIDGE,
                List.of(),
                false,
                false,
                List.of(),
                List.of(),
                List.of(),
                DEFAULT_BOOT_TIMEOUT);
    }

    /** Names the container, and with it the machine. */
    public ContainerOptions named(String newName) {
        return new ContainerOptions(
                newName, hostname, ephemeral, network, dns, hostUsers, privileged, binds, tmpfs, command, bootTimeout);
    }

    /** Connects the machine to this network. */
    public ContainerOptions on(NetworkMode newNetwork) {
        return new ContainerOptions(
                name, hostname, ephemeral, newNetwork, dns, hostUsers, privileged, binds, tmpfs, command, bootTimeout);
    }

    /** Lets the machine see these parts of the host. */
    public ContainerOptions with(List<Bind> newBinds) {
        return new ContainerOptions(
                name, hostname, ephemeral, network, dns, hostUsers, privileged, newBinds, tmpfs, command, bootTimeout);
    }

    /** Gives the machine this long until it must be ready. */
    public ContainerOptions bootWithin(Duration newTimeout) {
        return new ContainerOptions(
                name, hostname, ephemeral, network, dns, hostUsers, privileged, binds, tmpfs, command, newTimeout);
    }
}

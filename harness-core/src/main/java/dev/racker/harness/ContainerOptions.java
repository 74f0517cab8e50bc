package dev.racker.harness;

import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.Tmpfs;
import dev.racker.harness.network.NetworkMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a container is made of an image and its machine started; immutable, made by {@link #defaults()} and the methods
 * that change one thing.
 *
 * @param name by which users call the container; empty for one of ours
 * @param hostname the host name inside; empty for the machine's name
 * @param ephemeral whether the container is removed when its machine ends
 * @param boots whether the image's own init is booted
 * @param network what the machine is connected to
 * @param dns name servers to use instead of the host's
 * @param hostUsers whether root inside is root outside
 * @param limits how much of the host the machine may use
 * @param isolation how far it is kept from the host; a privileged one implies {@code hostUsers}
 * @param binds what the machine sees of the host
 * @param tmpfs the machine's file systems in memory
 * @param process what runs in it
 * @param lifecycle how it is stopped, started again, and looked after
 * @param labels what its user notes about it
 * @param bootTimeout how long the machine may take until it is ready
 */
public record ContainerOptions(
        String name,
        String hostname,
        boolean ephemeral,
        boolean boots,
        NetworkMode network,
        List<String> dns,
        boolean hostUsers,
        Limits limits,
        Isolation isolation,
        List<Bind> binds,
        List<Tmpfs> tmpfs,
        ContainerProcess process,
        Lifecycle lifecycle,
        Map<String, String> labels,
        Duration bootTimeout) {

    /** How long a machine may take until it is ready when nobody says otherwise. */
    public static final Duration DEFAULT_BOOT_TIMEOUT = Duration.ofSeconds(60);

    /** Takes copies; what a user namespace cannot do on the host's network or privileged needs the host's users. */
    public ContainerOptions {
        dns = List.copyOf(dns);
        binds = List.copyOf(binds);
        tmpfs = List.copyOf(tmpfs);
        labels = new LinkedHashMap<>(labels);
        isolation = isolation.withPrivateNetwork(network != NetworkMode.HOST);
        hostUsers = hostUsers || isolation.privileged() || network == NetworkMode.HOST;
    }

    /** An ephemeral container with a name of ours, a user namespace, and a network behind a bridge. */
    public static ContainerOptions defaults() {
        return new ContainerOptions(
                "",
                "",
                true,
                true,
                NetworkMode.BRIDGE,
                List.of(),
                false,
                Limits.none(),
                Isolation.of(true, false),
                List.of(),
                List.of(),
                ContainerProcess.none(),
                Lifecycle.defaults(),
                Map.of(),
                DEFAULT_BOOT_TIMEOUT);
    }

    /** Names the container, and with it the machine. */
    public ContainerOptions named(String newName) {
        return new ContainerOptions(
                newName,
                hostname,
                ephemeral,
                boots,
                network,
                dns,
                hostUsers,
                limits,
                isolation,
                binds,
                tmpfs,
                process,
                lifecycle,
                labels,
                bootTimeout);
    }

    /** Keeps the container when its machine ends. */
    public ContainerOptions kept() {
        return new ContainerOptions(
                name,
                hostname,
                false,
                boots,
                network,
                dns,
                hostUsers,
                limits,
                isolation,
                binds,
                tmpfs,
                process,
                lifecycle,
                labels,
                bootTimeout);
    }

    /** Runs this process as the only one, without booting the image's init. */
    public ContainerOptions unbooted(ContainerProcess newProcess) {
        return new ContainerOptions(
                name,
                hostname,
                ephemeral,
                false,
                network,
                dns,
                hostUsers,
                limits,
                isolation,
                binds,
                tmpfs,
                newProcess,
                lifecycle,
                labels,
                bootTimeout);
    }

    /** Runs this process beside the image's init. */
    public ContainerOptions running(ContainerProcess newProcess) {
        return new ContainerOptions(
                name,
                hostname,
                ephemeral,
                true,
                network,
                dns,
                hostUsers,
                limits,
                isolation,
                binds,
                tmpfs,
                newProcess,
                lifecycle,
                labels,
                bootTimeout);
    }

    /** Stops it, starts it again, and looks after it in this way. */
    public ContainerOptions living(Lifecycle newLifecycle) {
        return new ContainerOptions(
                name,
                hostname,
                ephemeral,
                boots,
                network,
                dns,
                hostUsers,
                limits,
                isolation,
                binds,
                tmpfs,
                process,
                newLifecycle,
                labels,
                bootTimeout);
    }

    /** Connects the machine to this network. */
    public ContainerOptions on(NetworkMode newNetwork) {
        return new ContainerOptions(
                name,
                hostname,
                ephemeral,
                boots,
                newNetwork,
                dns,
                hostUsers,
                limits,
                isolation,
                binds,
                tmpfs,
                process,
                lifecycle,
                labels,
                bootTimeout);
    }

    /** Lets the machine see these parts of the host. */
    public ContainerOptions with(List<Bind> newBinds) {
        return new ContainerOptions(
                name,
                hostname,
                ephemeral,
                boots,
                network,
                dns,
                hostUsers,
                limits,
                isolation,
                newBinds,
                tmpfs,
                process,
                lifecycle,
                labels,
                bootTimeout);
    }

    /** Lets the machine use this much of the host. */
    public ContainerOptions limitedTo(Limits newLimits) {
        return isolated(newLimits, isolation);
    }

    /** Keeps the machine this far from the host. */
    public ContainerOptions isolated(Isolation newIsolation) {
        return isolated(limits, newIsolation);
    }

    private ContainerOptions isolated(Limits newLimits, Isolation newIsolation) {
        return new ContainerOptions(
                name,
                hostname,
                ephemeral,
                boots,
                network,
                dns,
                hostUsers,
                newLimits,
                newIsolation,
                binds,
                tmpfs,
                process,
                lifecycle,
                labels,
                bootTimeout);
    }

    /** Gives the machine this long until it must be ready. */
    public ContainerOptions bootWithin(Duration newTimeout) {
        return new ContainerOptions(
                name,
                hostname,
                ephemeral,
                boots,
                network,
                dns,
                hostUsers,
                limits,
                isolation,
                binds,
                tmpfs,
                process,
                lifecycle,
                labels,
                newTimeout);
    }
}

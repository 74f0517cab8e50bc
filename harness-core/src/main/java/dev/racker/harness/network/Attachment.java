package dev.racker.harness.network;

import java.util.List;
import java.util.Optional;

/**
 * One machine's place in a network, made before the machine starts; closing it gives everything back.
 *
 * <p>The machine of an attachment in {@link NetworkMode#BRIDGE} or {@link NetworkMode#NONE} must be started in a network
 * namespace of its own.
 */
public interface Attachment extends AutoCloseable {

    /** What the machine is connected to. */
    NetworkMode mode();

    /** The IPv4 address that the machine gets; empty unless the mode is {@link NetworkMode#BRIDGE}. */
    Optional<String> address();

    /** What the guest's {@code /etc/resolv.conf} shall hold; an empty string leaves the file as it is. */
    String resolvConf();

    /** The lines that the guest's {@code /etc/hosts} gets besides those of the loopback and of the first address. */
    List<String> hosts();

    /** The machine's places in networks; empty unless the mode is {@link NetworkMode#BRIDGE}. */
    List<Connection> connections();

    /** What is published, with the ports of the host that were chosen. */
    List<PortMapping> ports();

    /** What the user should know about this network, one sentence each; usually empty. */
    List<String> warnings();

    /**
     * Gives the machine its interface, address and routes; to be called once, while the guest may still be booting.
     *
     * @param leaderPid the process id, as this process sees it, of a process in the machine's network namespace
     * @throws dev.racker.harness.error.HarnessException when the network cannot be made; the attachment must be closed
     */
    void connect(long leaderPid);

    /**
     * A command that does what {@link #close()} does, for a supervisor that outlives this process; empty when there is
     * nothing to do. It needs only what a POSIX system, util-linux and iproute2 bring, may be run more than once and at
     * the same time as anything else, whether the machine still runs or not.
     */
    List<String> teardownCommand();

    /** Gives back address, links and firewall rules; may be called at any time and more than once. */
    @Override
    void close();
}

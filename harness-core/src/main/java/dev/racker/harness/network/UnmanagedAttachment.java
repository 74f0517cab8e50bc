package dev.racker.harness.network;

import java.util.List;
import java.util.Optional;

/** The attachment of a machine that shares the host's network or has none: there is nothing to make or give back. */
record UnmanagedAttachment(NetworkMode mode, String resolvConf, List<String> hosts) implements Attachment {

    @Override
    public Optional<String> address() {
        return Optional.empty();
    }

    @Override
    public List<Connection> connections() {
        return List.of();
    }

    @Override
    public List<PortMapping> ports() {
        return List.of();
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public void connect(long leaderPid) {
        // The machine was started with the network it keeps.
    }

    @Override
    public List<String> teardownCommand() {
        return List.of();
    }

    @Override
    public void close() {
        // Nothing was acquired.
    }
}

package dev.racker.harness.machine;

/**
 * How far a machine is kept from its host.
 *
 * @param privateNetwork whether it has a network namespace of its own
 * @param privileged whether it keeps all capabilities and sees the host's devices
 */
public record Isolation(boolean privateNetwork, boolean privileged) {}

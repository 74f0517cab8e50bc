package dev.racker.harness.network;

/**
 * A machine that is connected to a network.
 *
 * @param containerId its container
 * @param name what it is called
 * @param connection its place
 */
public record Endpoint(String containerId, String name, Connection connection) {}

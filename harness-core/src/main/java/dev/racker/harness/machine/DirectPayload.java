package dev.racker.harness.machine;

import java.util.List;

/**
 * What runs as the first process of a machine that boots no init.
 *
 * @param arguments the program and its arguments
 * @param environment {@code NAME=value} for each variable
 * @param user a user name or number, or empty for root
 * @param directory the absolute working directory, or empty for {@code /}
 * @param terminal whether standard input and output are a terminal
 */
public record DirectPayload(
        List<String> arguments, List<String> environment, String user, String directory, boolean terminal) {}

package dev.racker.harness.machine;

import java.nio.file.Path;

/**
 * A directory or file of the host that is seen inside a machine.
 *
 * @param source the absolute path on the host, which must exist
 * @param target the absolute path inside
 * @param readOnly whether the machine may not write
 */
public record Bind(Path source, String target, boolean readOnly) {}

package dev.racker.harness.machine;

/**
 * A file system in memory inside a machine.
 *
 * @param target the absolute path inside
 * @param options mount options as mount(8) takes them for tmpfs, such as {@code size=64m}; may be empty
 */
public record Tmpfs(String target, String options) {}

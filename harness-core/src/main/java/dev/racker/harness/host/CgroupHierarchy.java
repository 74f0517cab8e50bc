package dev.racker.harness.host;

import java.nio.file.Path;
import java.util.List;

/**
 * One mounted hierarchy of control groups.
 *
 * @param mountPoint where it is mounted, as the host's root sees it
 * @param version 1 or 2
 * @param name the name of a version 1 hierarchy ({@code systemd} for {@code name=systemd}), else empty
 * @param controllers the controllers that it can serve; empty for a named hierarchy
 */
public record CgroupHierarchy(Path mountPoint, int version, String name, List<String> controllers) {}

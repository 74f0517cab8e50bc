package dev.racker.harness.host;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a directory takes and what is left where it is, or would be, in bytes.
 *
 * @param path the directory
 * @param exists whether it is there
 * @param used what its files take on disk, hard links counted once; empty when it could not be measured
 * @param free what this process could still write to that file system
 * @param total the size of that file system
 * @param type the kind of that file system, such as {@code ext4}
 */
public record DiskUsage(Path path, boolean exists, OptionalLong used, long free, long total, String type) {}

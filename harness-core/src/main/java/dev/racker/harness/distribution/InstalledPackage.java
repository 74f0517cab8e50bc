package dev.racker.harness.distribution;

/**
 * A package that is installed and configured.
 *
 * @param name without architecture
 * @param version with epoch (when it is not 0 or absent) and release: {@code 1:1.2-3}
 * @param architecture in the word of the package manager
 */
public record InstalledPackage(String name, String version, String architecture) {}

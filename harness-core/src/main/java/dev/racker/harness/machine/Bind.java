package dev.racker.harness.machine;

import java.nio.file.Path;

/**
 * A directory, file or socket of the host that is seen inside a machine.
 *
 * @param source the absolute path on the host, which must exist
 * @param target the absolute path inside
 * @param readOnly whether the machine may not write
 * @param mapped whether in a user namespace each owner inside is the same number outside, which the source's file system
 *     has to support; otherwise everything belongs to nobody there
 */
public record Bind(Path source, String target, boolean readOnly, boolean mapped) {

    /** A bind whose owners are the same inside and outside. */
    public Bind(Path source, String target, boolean readOnly) {
        this(source, target, readOnly, true);
    }
}

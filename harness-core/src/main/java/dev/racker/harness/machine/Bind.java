package dev.racker.harness.machine;

import java.nio.file.Path;

/**
 * A directory, file or socket of the host that is seen inside a machine.
 *
 * @param source the absolute path on the host, which must exist
 * @param target the absolute path inside
 * @param readOnly whether the machine may not write
 * @param mapped whether in a user namespace each owner inside is the same number outside, which the source's file system
 *     has to support; otherwise everything belongs to nobody there. What is mounted below the source is not seen then
 * @param below whether it is what is mounted below the source of another one, so that there is a place for it already
 */
public record Bind(Path source, String target, boolean readOnly, boolean mapped, boolean below) {

    /** A bind whose owners are the same inside and outside. */
    public Bind(Path source, String target, boolean readOnly) {
        this(source, target, readOnly, true, false);
    }
}

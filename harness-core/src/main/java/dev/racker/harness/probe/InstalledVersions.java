package dev.racker.harness.probe;

import dev.racker.harness.machine.Machine;
import java.util.Optional;

/** Tells which version of a package a machine has. */
@FunctionalInterface
public interface InstalledVersions {

    /**
     * The version of a package that is completely installed; empty when it is not.
     *
     * @throws dev.racker.harness.error.HarnessException when nobody can tell
     */
    Optional<String> version(Machine machine, String name);
}

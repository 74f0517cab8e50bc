package dev.racker.harness.distribution;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Machine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The package manager of one running machine: apt, dnf, yum, microdnf, zypper or pacman.
 *
 * <p>It never asks anything. Where Debian's dpkg would ask about a configuration file that was changed, the changed one
 * stays; what was not changed is replaced. Transactions run in a service of their own inside, as root; they return also
 * when they fail, or did not end in time. The questions throw a {@link HarnessException} when the package database
 * cannot be read, so that "not installed" is never said by mistake.
 */
public interface PackageManager {

    /** How long a transaction may take when nobody says otherwise. */
    Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

    /** Finds the package manager of a machine: that of its distribution's family, else the first one that is there. */
    static PackageManager of(Machine machine) {
        return of(machine, DEFAULT_TIMEOUT);
    }

    /** The same, with a time that a transaction may take. */
    static PackageManager of(Machine machine, Duration timeout) {
        return new GuestPackageManager(machine, Detection.tool(machine), timeout);
    }

    /** The program, without a path: {@code apt}, {@code dnf}, {@code yum}, {@code microdnf}, ... */
    String name();

    /** The kind of packages that it installs. */
    PackageFormat format();

    /** Fetches the lists of what the repositories have; one repository that cannot be read makes it fail. */
    Transaction refresh();

    /**
     * Installs packages together, with their dependencies; files of the host are copied to {@code /var/tmp/postroj}
     * first and removed afterwards. An older version than the installed one is taken when a file or version is named.
     *
     * @param packages names, and files that have been {@linkplain PackageRequest#resolve resolved}
     * @throws InvalidPackageException when a file is damaged or of another family
     */
    Transaction install(List<PackageRequest> packages);

    /** Brings installed packages to another version: that of the file, the one named, or the repositories' newest. */
    Transaction upgrade(List<PackageRequest> packages);

    /** Installs the same version again; fails when the package manager cannot get at that version. */
    Transaction reinstall(List<PackageRequest> packages);

    /** Removes packages and the dependencies that nobody needs any more; changed configuration files stay. */
    Transaction remove(List<String> names);

    /**
     * Removes packages, also those that are removed already, with their configuration, and that of the dependencies that
     * {@link #remove} took with them. For rpm and pacman that is a
     * removal, and then the copies of changed configuration files ({@code .rpmsave}, {@code .pacsave}) go.
     */
    Transaction purge(List<String> names);

    /** A package that is installed; one whose configuration has failed is not. */
    Optional<InstalledPackage> installed(String name);

    /** The paths that an installed package brought, absolute, directories included; empty when it is not installed. */
    List<String> files(String name);

    /** The unit files among them, by name: {@code nginx.service}. */
    List<String> units(String name);

    /** The package that a file or directory belongs to, where {@code /lib} may stand for {@code /usr/lib}. */
    Optional<String> owner(String path);

    /** Those of these absolute paths that belong to a package by exactly this name; asked for all at once. */
    Set<String> owned(Collection<String> paths);
}

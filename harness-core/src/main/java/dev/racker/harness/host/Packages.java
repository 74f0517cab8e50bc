package dev.racker.harness.host;

import java.util.Optional;

/**
 * The package that brings a program, for each family of package managers.
 *
 * @param apt its name in Debian 12 and 13
 * @param dnf its name in Fedora; EPEL has some of them for others
 * @param zypper its name in openSUSE
 * @param pacman its name in Arch Linux
 */
record Packages(String apt, String dnf, String zypper, String pacman) {

    /** Stands for a distribution that has no such package. */
    static final String NONE = "";

    static Packages all(String name) {
        return new Packages(name, name, name, name);
    }

    Optional<String> of(HostPackageManager family) {
        String name = switch (family) {
            case APT -> apt;
            case DNF -> dnf;
            case ZYPPER -> zypper;
            case PACMAN -> pacman;
        };
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }
}

package dev.racker.harness.host;

import java.util.List;

/** The families of package managers that can bring the programs that the harness needs. */
public enum HostPackageManager {
    /** Debian, Ubuntu and their derivatives. */
    APT("apt", "apt-get", "apt-get install -y"),
    /** Fedora, CentOS, RHEL and their derivatives. */
    DNF("dnf", "dnf", "dnf install -y"),
    /** openSUSE and SLES. */
    ZYPPER("zypper", "zypper", "zypper --non-interactive install"),
    /** Arch Linux and its derivatives. */
    PACMAN("pacman", "pacman", "pacman -S --needed --noconfirm");

    private final String word;
    private final String program;
    private final String install;

    HostPackageManager(String word, String program, String install) {
        this.word = word;
        this.program = program;
        this.install = install;
    }

    /** The program that installs packages, to be looked up on PATH. */
    public String program() {
        return program;
    }

    /** One command, for a root shell, that installs all of these packages without asking. */
    public String installCommand(List<String> packages) {
        return install + " " + String.join(" ", packages);
    }

    /** The family's word: apt, dnf, zypper or pacman. */
    @Override
    public String toString() {
        return word;
    }

    /** The family of an ID or one word of ID_LIKE in os-release(5); null when it is none of ours. */
    static HostPackageManager ofDistribution(String id) {
        if (id.startsWith("opensuse")) {
            return ZYPPER;
        }
        return switch (id) {
            case "debian", "ubuntu" -> APT;
            case "fedora", "rhel", "centos" -> DNF;
            case "suse", "sles", "sled" -> ZYPPER;
            case "arch", "archlinux" -> PACMAN;
            default -> null;
        };
    }
}

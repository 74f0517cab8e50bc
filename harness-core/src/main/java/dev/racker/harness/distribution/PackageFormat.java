package dev.racker.harness.distribution;

import dev.racker.harness.image.Platform;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of packages, each with the distributions that use it. */
public enum PackageFormat {
    /** Debian, Ubuntu and their derivatives; deb(5). */
    DEB(
            "Debian package (.deb)",
            List.of(".deb"),
            List.of(
                    "debian",
                    "ubuntu",
                    "raspbian",
                    "devuan",
                    "linuxmint",
                    "pop",
                    "kali",
                    "elementary",
                    "neon",
                    "zorin",
                    "parrot",
                    "pureos")),
    /** Fedora, RHEL, openSUSE and their relatives; rpm(8). */
    RPM(
            "RPM package (.rpm)",
            List.of(".rpm"),
            List.of(
                    "fedora",
                    "rhel",
                    "centos",
                    "rocky",
                    "almalinux",
                    "ol",
                    "amzn",
                    "virtuozzo",
                    "eurolinux",
                    "scientific",
                    "suse",
                    "sles",
                    "sled",
                    "sle_hpc",
                    "sles_sap",
                    "mageia",
                    "openeuler",
                    "photon",
                    "mariner",
                    "azurelinux")),
    /** Arch Linux and its derivatives; alpm-package(7). */
    ALPM(
            "pacman package (.pkg.tar)",
            List.of(".pkg.tar.zst", ".pkg.tar.xz", ".pkg.tar.gz", ".pkg.tar.bz2", ".pkg.tar"),
            List.of("arch", "archlinux", "archarm", "manjaro", "manjaro-arm", "endeavouros", "cachyos", "artix"));

    private final String words;
    private final List<String> endings;
    private final List<String> distributions;

    PackageFormat(String words, List<String> endings, List<String> distributions) {
        this.words = words;
        this.endings = endings;
        this.distributions = distributions;
    }

    /**
     * The format that a distribution uses; empty when it is none of ours.
     *
     * @param family the {@code ID} or {@code ID_LIKE} of os-release(5), or several words of them, the most special first
     */
    public static Optional<PackageFormat> ofFamily(String family) {
        for (String word : family.toLowerCase(Locale.ROOT).split("\\s+")) {
            if (word.startsWith("opensuse")) {
                return Optional.of(RPM);
            }
            for (PackageFormat format : values()) {
                if (format.distributions.contains(word)) {
                    return Optional.of(format);
                }
            }
        }
        return Optional.empty();
    }

    /** The format that the name of a file claims; empty when it does not end as a package does. */
    public static Optional<PackageFormat> ofFileName(String name) {
        for (PackageFormat format : values()) {
            if (format.endings.stream().anyMatch(name::endsWith)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Says whether packages of an architecture, in this format's word for it, install on machines of a platform. */
    public boolean runsOn(String architecture, Platform platform) {
        return isIndependent(architecture) || architectures(platform).contains(architecture);
    }

    private boolean isIndependent(String architecture) {
        return architecture.equals(
                switch (this) {
                    case DEB -> "all";
                    case RPM -> "noarch";
                    case ALPM -> "any";
                });
    }

    /** This format's words for a platform, the usual one first. */
    List<String> architectures(Platform platform) {
        boolean deb = this == DEB;
        return switch (platform.architecture()) {
            case "amd64" ->
                deb
                        ? List.of("amd64")
                        : this == RPM
                                ? List.of("x86_64", "x86_64_v2", "x86_64_v3", "x86_64_v4", "i686", "i586", "i386")
                                : List.of("x86_64", "x86_64_v2", "x86_64_v3", "x86_64_v4");
            case "arm64" -> List.of(deb ? "arm64" : "aarch64");
            case "arm" ->
                "v6".equals(platform.variant())
                        ? deb ? List.of("armel", "armhf") : List.of("armv6hl", "armv6h", "armv5tel")
                        : deb ? List.of("armhf", "armel") : List.of("armv7hl", "armv7h", "armv6hl", "armv6h");
            case "386" -> deb ? List.of("i386") : List.of("i686", "i586", "i486", "i386");
            case "ppc64le" -> List.of(deb ? "ppc64el" : "ppc64le");
            default -> List.of(platform.architecture());
        };
    }

    /** The ending of a file name that every package manager takes for this format, compressed as that file is. */
    String ending(String fileName) {
        return endings.stream().filter(fileName::endsWith).findFirst().orElse(endings.get(0));
    }

    /** What it is, for messages: {@code Debian package (.deb)}. */
    @Override
    public String toString() {
        return words;
    }
}

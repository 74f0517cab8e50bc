package dev.racker.harness.host;

import java.util.List;
import java.util.Optional;

/** The programs of other projects that the harness uses. */
public enum Tool {
    /** systemd-nspawn(1). */
    SYSTEMD_NSPAWN("systemd-nspawn", "boots machines", Names.SYSTEMD_CONTAINER),
    /** systemd-socket-activate(1). */
    SYSTEMD_SOCKET_ACTIVATE("systemd-socket-activate", "hears when a machine is ready", Names.SYSTEMD),
    /** systemd-run(1). */
    SYSTEMD_RUN("systemd-run", "makes machines and their commands units of systemd", Names.SYSTEMD),
    /** machinectl(1). */
    MACHINECTL("machinectl", "lists and ends machines", Names.SYSTEMD_CONTAINER),
    /** nsenter(1). */
    NSENTER("nsenter", "enters machines", Packages.all("util-linux")),
    /** unshare(1). */
    UNSHARE("unshare", "keeps the mounts of a machine to itself", Packages.all("util-linux")),
    /** mount(8). */
    MOUNT("mount", "mounts overlays", new Packages("mount", "util-linux", "util-linux", "util-linux")),
    /** setsid(1). */
    SETSID("setsid", "detaches supervisors from the terminal", Packages.all("util-linux")),
    /** skopeo(1). */
    SKOPEO("skopeo", "copies images from registries and archives", Packages.all("skopeo")),
    /** umoci(1); Arch Linux has it in its user repository only. */
    UMOCI("umoci", "changes images in OCI layouts", new Packages("umoci", "umoci", "umoci", Packages.NONE)),
    /** mmdebstrap(1). */
    MMDEBSTRAP(
            "mmdebstrap",
            "makes Debian and Ubuntu images from their mirrors",
            new Packages("mmdebstrap", "mmdebstrap", Packages.NONE, Packages.NONE)),
    /** netavark(1), which distributions keep away from PATH. */
    NETAVARK("netavark", "connects machines to the bridge", Packages.all("netavark"), Places.PODMAN),
    /** aardvark-dns, which distributions keep away from PATH. */
    AARDVARK_DNS("aardvark-dns", "resolves the names of machines", Packages.all("aardvark-dns"), Places.PODMAN),
    /** iptables(8). */
    IPTABLES(
            "iptables",
            "translates addresses for the bridge",
            new Packages("iptables", "iptables-nft", "iptables", "iptables"),
            Places.SBIN),
    /** ip(8). */
    IP(
            "ip",
            "looks at and removes network links",
            new Packages("iproute2", "iproute", "iproute2", "iproute2"),
            Places.SBIN,
            new VersionQuestion("iproute2-", "-V")),
    /** unsquashfs(1). */
    UNSQUASHFS(
            "unsquashfs",
            "unpacks squashfs images",
            new Packages("squashfs-tools", "squashfs-tools", "squashfs", "squashfs-tools"),
            List.of(),
            new VersionQuestion("version ", "-version")),
    /** zstd(1), which announces "Zstandard CLI (64-bit) v1.5.4". */
    ZSTD("zstd", "unpacks zstd archives", Packages.all("zstd"), List.of(), new VersionQuestion(" v", "--version")),
    /** pigz(1). */
    PIGZ("pigz", "unpacks gzip archives faster", Packages.all("pigz")),
    /** xz(1). */
    XZ("xz", "unpacks xz archives", new Packages("xz-utils", "xz", "xz", "xz")),
    /** bzip2(1), whose --version also compresses its standard input. */
    BZIP2(
            "bzip2",
            "unpacks bzip2 archives",
            Packages.all("bzip2"),
            List.of(),
            new VersionQuestion("Version ", "--help")),
    /** tar(1). */
    TAR("tar", "reads directory trees with all their attributes", Packages.all("tar")),
    /** setfattr(1). */
    SETFATTR("setfattr", "marks directories of layers as opaque", Packages.all("attr"));

    private final String program;
    private final String purpose;
    private final Packages packages;
    private final List<String> extraPlaces;
    private final VersionQuestion question;

    Tool(String program, String purpose, Packages packages) {
        this(program, purpose, packages, List.of());
    }

    Tool(String program, String purpose, Packages packages, List<String> extraPlaces) {
        this(program, purpose, packages, extraPlaces, new VersionQuestion("", "--version"));
    }

    Tool(String program, String purpose, Packages packages, List<String> extraPlaces, VersionQuestion question) {
        this.program = program;
        this.purpose = purpose;
        this.packages = packages;
        this.extraPlaces = extraPlaces;
        this.question = question;
    }

    /** The program's file name. */
    public String program() {
        return program;
    }

    /** What the harness needs it for, as one phrase. */
    public String purpose() {
        return purpose;
    }

    /** The package that brings it; empty when distributions of that family have none. */
    public Optional<String> packageName(HostPackageManager family) {
        return packages.of(family);
    }

    List<String> extraPlaces() {
        return extraPlaces;
    }

    VersionQuestion question() {
        return question;
    }

    private static final class Names {
        static final Packages SYSTEMD = Packages.all("systemd");
        static final Packages SYSTEMD_CONTAINER =
                new Packages("systemd-container", "systemd-container", "systemd-container", "systemd");

        private Names() {}
    }

    private static final class Places {
        static final List<String> PODMAN =
                List.of("/usr/local/libexec/podman", "/usr/libexec/podman", "/usr/lib/podman", "/usr/local/lib/podman");
        static final List<String> SBIN = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

        private Places() {}
    }
}

package dev.racker.harness.host;

/** How a host mounts control groups: cgroups(7), and "hybrid" in systemd's sense. */
public enum CgroupLayout {
    /** Version 2 alone, at /sys/fs/cgroup. */
    UNIFIED("unified"),
    /** Version 1 controllers, with version 2 beside them. */
    HYBRID("hybrid"),
    /** Version 1 alone. */
    LEGACY("legacy"),
    /** No control groups below /sys/fs/cgroup. */
    NONE("none");

    private final String word;

    CgroupLayout(String word) {
        this.word = word;
    }

    /** The word that output uses: unified, hybrid, legacy or none. */
    @Override
    public String toString() {
        return word;
    }
}

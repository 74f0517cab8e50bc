package dev.racker.harness.host;

/**
 * The limits of inotify(7), which the kernel counts for each user of the host, so that machines that share a range of
 * users share them.
 *
 * @param maxUserInstances fs.inotify.max_user_instances, -1 when it is not known
 * @param maxUserWatches fs.inotify.max_user_watches, -1 when it is not known
 */
public record InotifyLimits(long maxUserInstances, long maxUserWatches) {

    /** A limit that lets about 200 machines boot. */
    public static final long RECOMMENDED_INSTANCES = 1024;

    /** What systemd and D-Bus of one booted guest use; beyond the limit a guest hangs during boot without a word. */
    private static final long INSTANCES_OF_A_MACHINE = 5;

    /** About how many booted machines fit at the same time; -1 when it is not known. */
    public long machinesAtOnce() {
        return maxUserInstances < 0 ? -1 : maxUserInstances / INSTANCES_OF_A_MACHINE;
    }

    /** Says whether the limit is so low that running machines side by side may hang. */
    public boolean isLow() {
        return maxUserInstances >= 0 && maxUserInstances < RECOMMENDED_INSTANCES;
    }

    static InotifyLimits read(HostFiles files) {
        return new InotifyLimits(
                files.number("/proc/sys/fs/inotify/max_user_instances", -1),
                files.number("/proc/sys/fs/inotify/max_user_watches", -1));
    }
}

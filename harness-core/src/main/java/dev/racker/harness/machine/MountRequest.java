package dev.racker.harness.machine;

import java.util.List;
import java.util.Map;

/**
 * What a user asks to be mounted in a new container.
 *
 * @param mounts in the order in which they were asked for, with one for each target
 * @param volumesFrom containers whose mounts it gets too: a name or id, and {@code :ro} or {@code :rw} behind it
 * @param labels by the name of the volume, of volumes that are made for it
 */
public record MountRequest(List<Mount> mounts, List<String> volumesFrom, Map<String, Map<String, String>> labels) {

    /** Takes copies. */
    public MountRequest {
        mounts = List.copyOf(mounts);
        volumesFrom = List.copyOf(volumesFrom);
        labels = Map.copyOf(labels);
    }

    /** Nothing but what the image wants. */
    public static MountRequest none() {
        return new MountRequest(List.of(), List.of(), Map.of());
    }

    /** Says whether this is nothing but what the image wants. */
    public boolean isNone() {
        return mounts.isEmpty() && volumesFrom.isEmpty() && labels.isEmpty();
    }

    /** These mounts and what the image wants. */
    public static MountRequest of(Mount... mounts) {
        return new MountRequest(List.of(mounts), List.of(), Map.of());
    }
}

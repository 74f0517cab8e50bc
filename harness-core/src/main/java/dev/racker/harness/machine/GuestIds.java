package dev.racker.harness.machine;

import java.util.List;

/**
 * Whom a process runs as inside a machine, in the machine's own numbering.
 *
 * @param uid the user
 * @param gid the group
 * @param groups the supplementary groups
 * @param home the user's home directory
 */
public record GuestIds(int uid, int gid, List<Integer> groups, String home) {

    /** Takes a copy of the groups. */
    public GuestIds {
        groups = List.copyOf(groups);
    }

    /** The highest number that is used. */
    public int highest() {
        int highest = Math.max(uid, gid);
        for (int group : groups) {
            highest = Math.max(highest, group);
        }
        return highest;
    }
}

package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom a payload runs as.
 *
 * @param properties options of systemd-run that set the user and the group, and what else its processes begin with
 * @param command a program in front of the payload's that sets them instead; empty for none
 */
record GuestUser(List<String> properties, List<String> command) {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final int NO_ENTRY = 2;
    private static final GuestUser ROOT = new GuestUser(List.of(), List.of());

    /**
     * Finds the user of a payload in the machine. A number that the machine does not know is used as it is, with group
     * 0 unless one is named, as docker does; systemd refuses such a number.
     *
     * @throws HarnessException when a name is not known in the machine
     */
    static GuestUser of(Machine machine, String user, String group) {
        if (isRoot(user) && group.isEmpty()) {
            return ROOT;
        }
        String name = user.isEmpty() ? "root" : user;
        requireGroup(machine, group);
        CommandResult known = machine.tool(List.of("id", "-g", "--", name), LOOK);
        if (known.status() == 0) {
            return group.isEmpty()
                    ? new GuestUser(List.of("--uid=" + name), List.of())
                    : new GuestUser(List.of("--uid=" + name, "--gid=" + group), List.of());
        }
        if (!isNumber(name)) {
            throw new HarnessException(
                    "Tried to run a payload as \"" + name + "\", but the machine has no such user.",
                    "Name a user of the image, or give a number.");
        }
        String groupId = group.isEmpty() ? "0" : group;
        return new GuestUser(
                List.of(),
                List.of("/usr/bin/setpriv", "--reuid=" + name, "--regid=" + groupId, "--clear-groups", "--"));
    }

    /** getent(1) ends with 2 when there is no such entry; an image without it leaves the answer to systemd. */
    private static void requireGroup(Machine machine, String group) {
        if (!group.isEmpty()
                && !isNumber(group)
                && machine.tool(List.of("getent", "--", "group", group), LOOK).status() == NO_ENTRY) {
            throw new HarnessException(
                    "Tried to run a payload in group \"" + group + "\", but the machine has no such group.",
                    "Name a group of the image, or give a number.");
        }
    }

    /** The same, with limits of setrlimit(2) for its processes. */
    GuestUser limited(List<Ulimit> ulimits) {
        GuestUser limited = this;
        for (Ulimit ulimit : ulimits) {
            limited = limited.with(ulimit.property());
        }
        return limited;
    }

    /** The same, with one more property of its unit. */
    GuestUser with(String property) {
        List<String> all = new ArrayList<>(properties);
        all.add("--property=" + property);
        return new GuestUser(all, command);
    }

    private static boolean isRoot(String user) {
        return user.isEmpty() || "root".equals(user) || "0".equals(user);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}

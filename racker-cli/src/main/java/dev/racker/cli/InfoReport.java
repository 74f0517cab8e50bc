package dev.racker.cli;

import dev.racker.harness.host.DiskUsage;
import dev.racker.harness.host.Host;
import dev.racker.harness.host.InotifyLimits;
import dev.racker.harness.host.MissingToolsException;
import dev.racker.harness.host.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code racker info} found; its views are a table and JSON.
 *
 * @param version of racker
 * @param host the facts about the host
 * @param versions the version of each tool that is installed, empty text when it does not say
 * @param disks the usage of the state, cache and run directory, in this order
 * @param images how many there are; empty when this user may not know
 * @param containers how many there are; empty when this user may not know
 * @param waiting machines that are booted before they are asked for; empty when this user may not know
 */
record InfoReport(
        String version,
        Host host,
        Map<Tool, String> versions,
        List<DiskUsage> disks,
        OptionalInt images,
        OptionalInt containers,
        Optional<Waiting> waiting) {

    /**
     * Machines on standby.
     *
     * @param ready how many wait
     * @param wanted how many should
     */
    record Waiting(int ready, int wanted) {}

    static final List<String> DIRECTORY_NAMES = List.of("state", "cache", "run");

    List<Tool> missingTools() {
        List<Tool> missing = new ArrayList<>();
        for (Tool tool : Tool.values()) {
            if (host.tool(tool).isEmpty()) {
                missing.add(tool);
            }
        }
        return missing;
    }

    Optional<String> packageName(Tool tool) {
        return host.packageManager().flatMap(tool::packageName);
    }

    Optional<String> installCommand() {
        return host.packageManager().flatMap(family -> MissingToolsException.installCommand(missingTools(), family));
    }

    /** What keeps racker from working well here, each with its remedy. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!host.isRoot()) {
            warnings.add("This is not root, and everything but info and help needs root: use sudo racker.");
        } else if (!host.privileges().missing().isEmpty()) {
            warnings.add("This is root without capabilities that machines need. If this is a container, start it with"
                    + " --privileged.");
        }
        if (!host.overlay().available()) {
            warnings.add("The kernel has no overlayfs, without which no container starts: try modprobe overlay.");
        }
        DiskUsage state = disks.get(0);
        if (state.type().equals("overlay")) {
            warnings.add(
                    state.path() + " is on an overlay, where no container starts: set RACKER_STATE_DIR to a directory"
                            + " elsewhere.");
        }
        if (!host.userNamespaces().available()) {
            warnings.add("There are no user namespaces, so that containers start only with --userns=host: "
                    + host.userNamespaces().detail() + ".");
        }
        InotifyLimits inotify = host.inotify();
        if (inotify.isLow()) {
            warnings.add("About " + inotify.machinesAtOnce() + " machines can be booted at the same time, more would"
                    + " hang: sysctl -w fs.inotify.max_user_instances=" + InotifyLimits.RECOMMENDED_INSTANCES);
        }
        return warnings;
    }
}

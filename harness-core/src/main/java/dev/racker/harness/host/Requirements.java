package dev.racker.harness.host;

import java.util.ArrayList;
import java.util.List;

/** Checks that a host has what a task needs, before the task begins. */
public final class Requirements {

    private Requirements() {}

    /**
     * Looks for these programs, which costs a few file look-ups each.
     *
     * @throws MissingToolsException naming all that are missing at once
     */
    public static void check(Host host, Tool... tools) {
        List<Tool> missing = null;
        for (Tool tool : tools) {
            if (host.tool(tool).isEmpty()) {
                missing = missing == null ? new ArrayList<>() : missing;
                missing.add(tool);
            }
        }
        if (missing != null) {
            throw new MissingToolsException(missing, host.packageManager());
        }
    }

    /**
     * Checks that this process is root and has the capabilities that running machines needs.
     *
     * @param program the command that the user typed, named in the remedy
     * @throws PrivilegeException when it is not, or has not
     */
    public static void checkRoot(Host host, String program) {
        Privileges privileges = host.privileges();
        if (!privileges.isRoot()) {
            throw new PrivilegeException(
                    program + " must run as root, but this is user " + privileges.effectiveUser() + " (sudo " + program
                            + " ...).",
                    null);
        }
        if (!privileges.missing().isEmpty()) {
            List<String> names = new ArrayList<>();
            for (Capability capability : privileges.missing()) {
                names.add(capability.name());
            }
            throw new PrivilegeException(
                    program + " must run with all of root's capabilities, but this process lacks "
                            + String.join(", ", names) + ".",
                    "Start the container around it with more privileges (docker and podman: --privileged).");
        }
    }
}

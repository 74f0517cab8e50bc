package dev.racker.postroj.plan;

import java.util.List;

/**
 * What to do with a package and how to look at it, as it was written; null for what was not mentioned.
 *
 * @param with packages that are installed before the one under test
 * @param upgradeFrom what is installed first, and then upgraded
 * @param lifecycle steps separated by commas
 * @param setup commands that prepare the machine
 * @param run commands that must work once the package is there
 * @param allowedLeftovers what may stay after the package has gone: globs
 * @param checks what to check
 */
public record Treatment(
        List<String> with,
        List<String> upgradeFrom,
        String lifecycle,
        List<String> setup,
        List<String> run,
        List<String> allowedLeftovers,
        Checks checks) {

    /** Mentions nothing. */
    public static Treatment none() {
        return new Treatment(null, null, null, null, null, null, Checks.none());
    }

    /** Each thing as it is here, or, where it is not mentioned here, as it is there. */
    public Treatment over(Treatment there) {
        return new Treatment(
                with != null ? with : there.with,
                upgradeFrom != null ? upgradeFrom : there.upgradeFrom,
                lifecycle != null ? lifecycle : there.lifecycle,
                setup != null ? setup : there.setup,
                run != null ? run : there.run,
                allowedLeftovers != null ? allowedLeftovers : there.allowedLeftovers,
                checks.over(there.checks));
    }
}

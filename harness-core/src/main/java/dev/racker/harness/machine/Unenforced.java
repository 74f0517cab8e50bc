package dev.racker.harness.machine;

/**
 * A limit that this host cannot enforce.
 *
 * @param option by which it was asked for
 * @param controller the cgroup controller that would be needed
 * @param reason what is wrong with that
 */
public record Unenforced(String option, String controller, String reason) {

    /** One sentence that names the limit and the controller. */
    public String message() {
        return "This host cannot enforce " + option + ": the cgroup controller \"" + controller + "\" " + reason + ".";
    }
}

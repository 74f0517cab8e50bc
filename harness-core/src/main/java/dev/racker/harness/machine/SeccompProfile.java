package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of docker's seccomp profiles, as far as systemd-nspawn can do what it says: lists of names, nothing finer.
 *
 * @param file where it stands
 * @param seccomp what systemd-nspawn is told
 * @param loosened system calls that the profile allows only sometimes, and the machine may always make
 * @param tightened system calls that the profile refuses only sometimes, and the machine may never make
 */
public record SeccompProfile(Path file, Seccomp seccomp, List<String> loosened, List<String> tightened) {

    /** Takes copies of the lists. */
    public SeccompProfile {
        loosened = List.copyOf(loosened);
        tightened = List.copyOf(tightened);
    }

    /**
     * Reads a profile.
     *
     * @param surroundings what its rules may ask about
     * @param runner asks systemd-analyze(1) for the names of system calls when the profile names what it allows
     * @throws HarnessException when it cannot be read, or says what systemd-nspawn cannot even come close to
     */
    public static SeccompProfile read(Path file, SeccompSurroundings surroundings, CommandRunner runner) {
        return new SeccompProfileReader(file, surroundings).read(runner);
    }

    /** How the machine differs from what the profile says, a sentence each. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>(2);
        String reason = " whatever their arguments, which systemd-nspawn does not look at: ";
        if (!loosened.isEmpty()) {
            differences.add("The seccomp profile " + file + " allows less than the machine gets. These are allowed"
                    + reason + String.join(", ", loosened) + ".");
        }
        if (!tightened.isEmpty()) {
            differences.add(
                    "The seccomp profile " + file + " refuses less than the machine gets refused. These are refused"
                            + reason + String.join(", ", tightened) + ".");
        }
        return differences;
    }
}

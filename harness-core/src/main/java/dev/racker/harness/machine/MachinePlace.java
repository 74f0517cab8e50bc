package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where a machine keeps its files on the host.
 *
 * @param run its runtime state, removed when it ends
 * @param container the directory of its container
 * @param name the link that reserves the container's name
 * @param failures where the boot console of an ephemeral machine that failed to boot is kept
 * @param ephemeral whether the container, and with it the name, is removed when the machine ends
 */
public record MachinePlace(Path run, Path container, Path name, Path failures, boolean ephemeral) {

    /** Checks that the supervisor can be told these paths. */
    public MachinePlace {
        plain(run);
        plain(container);
    }

    /** Where the supervisor mounts the root, in a mount namespace of its own. */
    public Path root() {
        return run.resolve("root");
    }

    /** The socket on which the machine says that it is ready. */
    public Path notifySocket() {
        return run.resolve("notify");
    }

    /** The fifo at whose end the supervisor ends the machine; there when standard input is the payload's. */
    Path lifeline() {
        return run.resolve("lifeline");
    }

    /** The fifo that is there when the machine outlives whoever started it; a line written to it ends the machine. */
    Path kept() {
        return kept(run);
    }

    static Path kept(Path run) {
        return run.resolve("kept");
    }

    /**
     * What whoever claims the machine has to know; empty as long as it boots, and there only until somebody claims it.
     */
    Path standby() {
        return standby(run);
    }

    static Path standby(Path run) {
        return run.resolve("standby");
    }

    /** The fifo that whoever has claimed the machine holds open. */
    Path owner() {
        return owner(run);
    }

    static Path owner(Path run) {
        return run.resolve("owner");
    }

    /** The fifo of a machine to be claimed that has its end when the supervisor has. */
    Path gone() {
        return run.resolve("gone");
    }

    /** Holds the process id of the machine's init in the host's numbering. */
    private Path leader() {
        return leader(run);
    }

    private static Path leader(Path run) {
        return run.resolve("leader");
    }

    /** Writes the process id of the machine's init down, for other processes. */
    void writeLeader(long pid) {
        try {
            Files.writeString(leader(), Long.toString(pid));
        } catch (NoSuchFileException e) {
            return; // it has ended already, and nothing of it is left
        } catch (IOException e) {
            throw new HarnessException("Tried to write " + leader() + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** Reads the process id of the machine's init; empty before it is known and when the machine has ended. */
    public OptionalLong readLeader() {
        return readLeader(run);
    }

    static OptionalLong readLeader(Path run) {
        Path leader = leader(run);
        try {
            String pid = Files.readString(leader);
            return pid.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pid));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + leader + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** Holds the process id of the supervisor. */
    Path supervisor() {
        return run.resolve("supervisor");
    }

    /** The command that takes the machine's network down. */
    Path networkScript() {
        return run.resolve("network.sh");
    }

    /** What the command becomes for whoever runs it, so that only one does. */
    Path claimedNetworkScript() {
        return run.resolve("network.taken.sh");
    }

    /** The fifo that a payload without a terminal writes its standard output to when its container has a log. */
    Path standardOutput() {
        return run.resolve("stdout");
    }

    /** The fifo that it writes its standard error to. */
    Path standardError() {
        return run.resolve("stderr");
    }

    /** The fifo that is the payload's standard input when that can be given any. */
    public Path standardInput() {
        return run.resolve("stdin");
    }

    /** The fifo that is its standard input when that ends with whoever first writes to the other one. */
    Path endingInput() {
        return run.resolve("input");
    }

    /** What payloads without a terminal have written, a line of RFC 5424 for each of theirs. */
    public Path log() {
        return container.resolve("log");
    }

    /** What a payload with a terminal has written, byte by byte. */
    public Path terminalLog() {
        return container.resolve("terminal");
    }

    /** Holds the path of the terminal, on the host's side, of a payload that has one and is kept. */
    public Path terminalName() {
        return run.resolve("tty");
    }

    /** The directories of the machine's cgroup, a line each. */
    public Path cgroups() {
        return run.resolve("cgroups");
    }

    /** Three lines about whether the machine works, see health.sh. */
    public Path health() {
        return run.resolve("health");
    }

    /** How the payload ended, before the machine has; the supervisor takes it for the machine's end. */
    public Path status() {
        return run.resolve("status");
    }

    /** What the boot console printed. */
    public Path bootLog() {
        return container.resolve("boot.log");
    }

    private static void plain(Path path) {
        String text = path.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && "/._-".indexOf(c) < 0) {
                throw new HarnessException(
                        "Tried to use the directory \"" + path + "\", but its name holds more than letters, digits"
                                + " and \"/._-\".",
                        "Set RACKER_STATE_DIR and RACKER_RUN_DIR to directories with plain names.");
            }
        }
    }
}

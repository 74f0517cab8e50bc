package dev.racker.harness;

import java.time.Instant;
import java.util.Optional;

/**
 * How a container is at the moment.
 *
 * @param status whether it runs
 * @param leader the process id of its machine's init, or of what runs instead, in the host's numbering; 0 for none
 * @param started when it was started last
 * @param finished when it ended last
 * @param exitStatus how it ended last; 0 as long as it has not, 255 when nobody saw how
 * @param oomKilled whether the kernel has killed something in it for want of memory
 * @param restarts how often its policy has started it again
 * @param health starting, healthy or unhealthy; empty when nobody looks
 */
public record ContainerState(
        Status status,
        long leader,
        Optional<Instant> started,
        Optional<Instant> finished,
        int exitStatus,
        boolean oomKilled,
        int restarts,
        String health) {

    /** The words that docker knows. */
    public enum Status {
        /** Made, and never started. */
        CREATED,
        /** Its machine runs. */
        RUNNING,
        /** Its machine is frozen. */
        PAUSED,
        /** It has ended, and its policy is about to start it again. */
        RESTARTING,
        /** Its machine has ended. */
        EXITED;

        /** The word as docker writes it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Says whether there is a machine, frozen or not. */
    public boolean isRunning() {
        return status == Status.RUNNING || status == Status.PAUSED;
    }
}

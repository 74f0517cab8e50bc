package dev.racker.harness.machine;

import java.util.concurrent.CompletableFuture;

/** What a process has to do with a machine: it owns it, or it only visits it. */
sealed interface Hold permits OwnerHold, ClaimedHold, VisitorHold {

    /** Says whether the machine still runs. */
    boolean isAlive();

    /**
     * Completes when the machine has ended and nothing of it is left, with its exit status; -1 when this process has not
     * started it.
     */
    CompletableFuture<Integer> ended();

    /** Says whether the machine ends with this process. */
    boolean isOwned();

    /** Kills the machine at once; the leader is -1 as long as nobody knows it. */
    void kill(long leader);

    /** Lets the machine outlive this process. */
    void keep();

    /** Waits until nothing is left of a machine that has ended or is about to. */
    void release();
}

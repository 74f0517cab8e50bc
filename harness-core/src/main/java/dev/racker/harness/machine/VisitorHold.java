package dev.racker.harness.machine;

import java.util.concurrent.CompletableFuture;

/** A machine that another process has started; its supervisor removes what belongs to it. */
final class VisitorHold implements Hold {

    private final SupervisorProcess supervisor;

    VisitorHold(SupervisorProcess supervisor) {
        this.supervisor = supervisor;
    }

    @Override
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    @Override
    public CompletableFuture<Integer> ended() {
        return supervisor.ended();
    }

    @Override
    public boolean isOwned() {
        return false;
    }

    @Override
    public void kill(long leader) {
        ProcessHandle.of(leader).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void keep() {
        throw new IllegalStateException("only the owner of a machine can keep it");
    }

    @Override
    public void release() {
        Leftovers.awaitEnd(supervisor);
    }
}

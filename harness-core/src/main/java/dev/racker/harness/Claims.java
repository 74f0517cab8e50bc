package dev.racker.harness;

import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import java.util.Optional;

/** Who uses which container: whoever makes, runs or removes it holds its lock; a machine that was kept needs no one. */
final class Claims {

    private static final String LOCK_KIND = "machine";

    private final Store store;

    Claims(Store store) {
        this.store = store;
    }

    /** Waits until nobody else uses the container. */
    Lock await(String id) {
        return store.locks().exclusive(LOCK_KIND, id);
    }

    /** Takes the container when nobody uses it and its machine was not kept. */
    Optional<Lock> claim(String id) {
        return isKept(id) ? Optional.empty() : store.locks().tryExclusive(LOCK_KIND, id);
    }

    /** Says whether the container's machine outlives whoever started it. */
    boolean isKept(String id) {
        return Leftovers.isKept(store.paths().machineRun(id));
    }

    /** Says whether nobody uses the container and its machine was not kept. */
    boolean isFree(String id) {
        Optional<Lock> lock = claim(id);
        lock.ifPresent(Lock::close);
        return lock.isPresent();
    }
}

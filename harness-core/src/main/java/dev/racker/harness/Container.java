package dev.racker.harness;

import dev.racker.harness.machine.Machine;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.ContainerStore;
import dev.racker.harness.store.Lock;

/** A container with its running machine; closing it ends the machine, and removes the container when it is ephemeral. */
public final class Container implements AutoCloseable {

    private final ContainerRecord record;
    private final ContainerStore store;
    private final Machine machine;
    private final Lock lock;

    Container(ContainerRecord record, ContainerStore store, Machine machine, Lock lock) {
        this.record = record;
        this.store = store;
        this.machine = machine;
        this.lock = lock;
    }

    /** What is written down about it. */
    public ContainerRecord record() {
        return record;
    }

    /** Its machine. */
    public Machine machine() {
        return machine;
    }

    /** Writes down how what ran in it ended; nothing for an ephemeral one, whose record is about to go. */
    public void exited(int status) {
        if (!record.ephemeral()) {
            store.update(record.exited(status));
        }
    }

    @Override
    @SuppressWarnings("try") // the lock is only held
    public void close() {
        try (lock) {
            machine.close();
        }
    }
}

package dev.racker.harness;

import dev.racker.harness.machine.PayloadMachine;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Lock;

/** A container whose only process is a payload; closing it ends that, and removes the container when it is ephemeral. */
public final class PayloadContainer implements AutoCloseable {

    private final ContainerRecord record;
    private final ContainerMounts mounts;
    private final PayloadMachine machine;
    private final LifeEvents events;
    private final Lock lock;

    PayloadContainer(
            ContainerRecord record, ContainerMounts mounts, PayloadMachine machine, LifeEvents events, Lock lock) {
        this.record = record;
        this.mounts = mounts;
        this.machine = machine;
        this.events = events;
        this.lock = lock;
    }

    /** What is written down about it. */
    public ContainerRecord record() {
        return record;
    }

    /** Its machine. */
    public PayloadMachine machine() {
        return machine;
    }

    /** Waits for the end of the payload and gives its exit status. */
    public int await() {
        int status = machine.await();
        events.ended(status);
        return status;
    }

    @Override
    @SuppressWarnings("try") // the lock is only held
    public void close() {
        try (lock) {
            machine.close();
            mounts.release(record);
        }
    }
}

package dev.racker.harness;

import dev.racker.harness.machine.PayloadMachine;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Lock;

/** A container whose only process is a payload; closing it ends that, and removes the container when it is ephemeral. */
public final class PayloadContainer implements AutoCloseable {

    private final ContainerRecord record;
    private final ContainerMounts mounts;
    private final PayloadMachine machine;
    private final Lock lock;

    PayloadContainer(ContainerRecord record, ContainerMounts mounts, PayloadMachine machine, Lock lock) {
        this.record = record;
        this.mounts = mounts;
        this.machine = machine;
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
        return machine.await();
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

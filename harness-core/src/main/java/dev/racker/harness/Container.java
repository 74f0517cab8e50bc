package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.GuestFiles;
import dev.racker.harness.machine.Journal;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.Readiness;
import dev.racker.harness.machine.RunningPayload;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A container with its running machine; closing it ends the machine, and removes the container when it is ephemeral. */
public final class Container implements AutoCloseable {

    private final ContainerRecord record;
    private final ContainerMounts mounts;
    private final Machine machine;
    private final LifeEvents events;
    private final Lock lock;
    private final String remark;
    private final Runnable afterwards;

    Container(ContainerRecord record, ContainerMounts mounts, Machine machine, LifeEvents events, Lock lock) {
        this(record, mounts, machine, events, lock, "", null);
    }

    /** Takes what is done when it is closed, or null. */
    private Container(
            ContainerRecord record,
            ContainerMounts mounts,
            Machine machine,
            LifeEvents events,
            Lock lock,
            String remark,
            Runnable afterwards) {
        this.record = record;
        this.mounts = mounts;
        this.machine = machine;
        this.events = events;
        this.lock = lock;
        this.remark = remark;
        this.afterwards = afterwards;
    }

    /** The same with a remark about how it was started, and something to do when it is closed. */
    Container noting(String newRemark, Runnable newAfterwards) {
        return new Container(record, mounts, machine, events, lock, newRemark, newAfterwards);
    }

    /** Whether its machine waited or was booted, and why, when machines of its image are wanted to wait; else empty. */
    public String remark() {
        return remark;
    }

    /** The name by which users call it. */
    public String name() {
        return record.name();
    }

    /** What is written down about it. */
    public ContainerRecord record() {
        return record;
    }

    /** Its machine. */
    public Machine machine() {
        return machine;
    }

    /** Runs a program in its machine, see {@link Machine#run(String, String...)}. */
    public CommandResult run(String program, String... arguments) {
        return machine.run(program, arguments);
    }

    /** Runs a payload in its machine to its end, see {@link Machine#run(Payload)}. */
    public CommandResult run(Payload payload) {
        return machine.run(payload);
    }

    /** Starts a payload in its machine and returns at once, see {@link Machine#start(Payload)}. */
    public RunningPayload start(Payload payload) {
        return machine.start(payload);
    }

    /** The files of its machine. */
    public GuestFiles files() {
        return machine.files();
    }

    /** The services and ports of its machine, to wait for. */
    public Readiness readiness() {
        return machine.readiness();
    }

    /** The journal of its machine. */
    public Journal journal() {
        return machine.journal();
    }

    /** Writes down how what ran in it ended; of an ephemeral one, whose record is about to go, only as an event. */
    public void exited(int status) {
        if (record.ephemeral()) {
            EndNotes.in(machine.spec().place().run()).forget();
            events.ended(status);
            return;
        }
        Path file = machine.spec().place().status();
        try {
            Files.writeString(file, status + "\n");
        } catch (IOException e) {
            throw new HarnessException("Tried to write " + file + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    @Override
    @SuppressWarnings("try") // the lock is only held
    public void close() {
        try (lock) {
            machine.close();
            mounts.release(record);
        } finally {
            if (afterwards != null) {
                afterwards.run();
            }
        }
    }
}

package dev.racker.harness;

import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.network.Attachment;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Lock;
import java.util.function.Function;

/**
 * A container whose machine can be started.
 *
 * @param record what is written down about it
 * @param spec its machine
 * @param options what it was made with
 * @param network its place on its networks
 * @param events tells of its life
 * @param lock held while its machine runs, or is let go of
 */
record PreparedContainer(
        ContainerRecord record,
        MachineSpec spec,
        ContainerOptions options,
        Attachment network,
        LifeEvents events,
        Lock lock) {

    /** Does what starts its machine; without that it leaves its networks. */
    <T> T start(Function<PreparedContainer, T> starter) {
        try {
            return starter.apply(this);
        } catch (RuntimeException | Error failure) {
            closeAfter(failure, network::close); // a machine that was started has done that
            throw failure;
        }
    }

    /** The same, and tells of it. */
    <T> T startTold(Function<PreparedContainer, T> starter) {
        T started = start(starter);
        events.started();
        return started;
    }

    /** Closes something after a failure, which counts. */
    static void closeAfter(Throwable failure, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}

package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.Attachment;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Connects the network of a machine while that boots. */
final class BootConnection {

    private final FutureTask<Void> connection;

    private BootConnection(FutureTask<Void> connection) {
        this.connection = connection;
    }

    static BootConnection begin(Attachment network, long leader) {
        FutureTask<Void> connection = new FutureTask<>(() -> network.connect(leader), null);
        Thread thread = new Thread(connection, "network");
        thread.setDaemon(true);
        thread.start();
        return new BootConnection(connection);
    }

    /** Waits until it is connected; what went wrong is thrown here. */
    void await() {
        try {
            connection.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while the machine's network was connected.", null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new HarnessException("The machine's network could not be connected.", null, e.getCause());
        }
    }
}

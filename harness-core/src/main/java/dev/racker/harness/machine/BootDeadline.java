package dev.racker.harness.machine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops waiting for a machine that does not become ready in time. */
final class BootDeadline implements Runnable, AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final ReadyListener listener;
    private final BootConsole console;
    private final Duration timeout;
    private final CountDownLatch settled = new CountDownLatch(1);

    private BootDeadline(ReadyListener listener, BootConsole console, Duration timeout) {
        this.listener = listener;
        this.console = console;
        this.timeout = timeout;
    }

    /** Begins to count; closing it ends that. */
    static BootDeadline begin(ReadyListener listener, BootConsole console, Duration timeout) {
        BootDeadline deadline = new BootDeadline(listener, console, timeout);
        Thread thread = new Thread(deadline, "boot deadline");
        thread.setDaemon(true);
        thread.start();
        return deadline;
    }

    @Override
    public void run() {
        try {
            if (!settlesInTime()) {
                listener.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The machine is ready, or has failed. */
    @Override
    public void close() {
        settled.countDown();
    }

    /** Nothing tells when an init hangs, but what it has said last may: that is looked at when a boot takes long. */
    private boolean settlesInTime() throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toNanos();
        while (left > 0) {
            if (settled.await(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (BootDiagnosis.isStarved(console.text())) {
                return false;
            }
            left = deadline - System.nanoTime();
        }
        return false;
    }
}

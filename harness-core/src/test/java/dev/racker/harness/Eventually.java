package dev.racker.harness;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits of tests for what others do; each of them fails after a minute. */
public final class Eventually {

    private static final long DEADLINE_SECONDS = 60;
    private static final long PAUSE_MILLIS = 50;

    private final String what;
    private final Condition condition;
    private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);

    private Eventually(String what, Condition condition) {
        this.what = what;
        this.condition = condition;
    }

    /** What is waited for; whatever it throws fails the test. */
    public interface Condition {

        /** Says whether it has happened. */
        boolean holds() throws Exception;
    }

    /** Looks again and again, for what the kernel announces to nobody. */
    public static void eventually(String what, Condition condition) {
        Eventually wait = new Eventually(what, condition);
        while (!wait.hasHappened()) {
            wait.pause();
        }
    }

    /**
     * Waits until nothing is left, and fails with what is: in machined, systemd looks once more after the end of a machine
     * that was told already.
     */
    public static void eventuallyNothing(Supplier<List<String>> left) {
        try {
            eventually("nothing is left", () -> left.get().isEmpty());
        } catch (AssertionError failure) {
            throw new AssertionError("what is left: " + left.get(), failure);
        }
    }

    /** Looks whenever something has changed in a directory, which must be there as long as this waits (inotify(7)). */
    public static void eventuallyIn(Path directory, String what, Condition condition) {
        Eventually wait = new Eventually(what, condition);
        try (WatchService changes = directory.getFileSystem().newWatchService()) {
            directory.register(
                    changes,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            while (!wait.hasHappened()) {
                wait.next(changes);
            }
        } catch (IOException e) {
            throw wait.failed(e);
        }
    }

    private boolean hasHappened() {
        try {
            return condition.holds();
        } catch (Exception e) {
            throw failed(e);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw failed(e);
        }
        if (System.nanoTime() > deadline) {
            throw failed(null);
        }
    }

    private void next(WatchService changes) {
        try {
            WatchKey change = changes.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (change == null) {
                throw failed(null);
            }
            change.pollEvents();
            if (!change.reset() && !hasHappened()) {
                throw new AssertionError("\"" + what + "\" was waited for in a directory that has gone");
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            throw failed(e);
        }
    }

    private AssertionError failed(Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new AssertionError(
                "\"" + what + "\" has not happened" + (cause == null ? " within " + DEADLINE_SECONDS + " s" : ""),
                cause);
    }
}

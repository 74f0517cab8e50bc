package dev.racker.harness.process;

import java.util.ArrayList;
import java.util.List;

/**
 * One thread's word to others that their work is given up: what they wait for is ended, nothing further is begun, and
 * they remove what is half done on their way out.
 *
 * <p>Final once given. Thread-safe.
 */
public final class Cancellation {

    private final List<Registration> registered = new ArrayList<>();
    private boolean requested;

    /** Something that is to be ended; closing it says that this is not needed any more. */
    public final class Registration implements AutoCloseable {

        private final Runnable action;

        private Registration(Runnable action) {
            this.action = action;
        }

        @Override
        public void close() {
            synchronized (registered) {
                registered.remove(this);
            }
        }
    }

    /** Gives the work up; returns when everybody who waits has been told. */
    public void request() {
        List<Registration> told;
        synchronized (registered) {
            requested = true;
            told = List.copyOf(registered);
            registered.clear();
        }
        told.forEach(registration -> registration.action.run());
    }

    /** Says whether the work is given up. */
    public boolean isRequested() {
        synchronized (registered) {
            return requested;
        }
    }

    /** Throws a {@link CancelledException} when the work is given up. */
    public void check() {
        if (isRequested()) {
            throw new CancelledException();
        }
    }

    /** Has something done when the work is given up, at once when it is already; by another thread, and briefly. */
    public Registration onRequest(Runnable action) {
        Registration registration = new Registration(action);
        boolean late;
        synchronized (registered) {
            late = requested;
            if (!late) {
                registered.add(registration);
            }
        }
        if (late) {
            action.run();
        }
        return registration;
    }
}

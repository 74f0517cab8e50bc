package dev.racker.harness.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries something in the network until it works, at growing intervals; ends at the network timeout, when the machine does,
 * and when one of the watched units has failed.
 */
final class NetworkWait {

    /** Looking at units costs a process, so it is done less often than trying. */
    private static final long UNITS_AT_MOST_EVERY = Duration.ofMillis(400).toNanos();

    private final Guest guest;
    private final List<String> units = new ArrayList<>();
    private final Patience patience;
    private long unitsSeen = System.nanoTime() - UNITS_AT_MOST_EVERY;

    NetworkWait(Guest guest, ProbeContext context) {
        this.guest = guest;
        this.patience = new Patience(guest, context.networkTimeout());
        for (String unit : context.watchedUnits()) {
            if (!UnitName.isTemplate(UnitName.complete(unit))) {
                units.add(unit);
            }
        }
    }

    /** One attempt. */
    interface Attempt {

        /** Tries, in no more than the time given; empty when it is done, else why it must be tried again. */
        String refusal(Duration most) throws IOException;
    }

    /**
     * How it ended.
     *
     * @param refusal the last one, with why it was not tried again; empty when it worked
     * @param failedUnit the unit that ended the wait; empty when none did
     */
    record Ending(String refusal, String failedUnit) {

        boolean worked() {
            return refusal.isEmpty();
        }
    }

    Ending until(Attempt attempt) {
        while (true) {
            String refusal = tried(attempt);
            if (refusal.isEmpty()) {
                return new Ending("", "");
            }
            UnitStatus failed = failedUnit();
            if (failed != null) {
                return new Ending(refusal + "; unit " + failed.name() + " has failed", failed.name());
            }
            if (!patience.again()) {
                return new Ending(refusal + ", for " + patience.limit(), "");
            }
        }
    }

    private String tried(Attempt attempt) {
        try {
            return attempt.refusal(patience.left());
        } catch (IOException e) {
            String message = e.getMessage();
            return message == null || message.isEmpty() ? e.toString() : message;
        }
    }

    private UnitStatus failedUnit() {
        if (units.isEmpty() || System.nanoTime() - unitsSeen < UNITS_AT_MOST_EVERY) {
            return null;
        }
        for (UnitStatus status : UnitStatus.of(guest, units)) {
            if (status.activeState().equals("failed") || status.subState().equals("auto-restart")) {
                return status;
            }
        }
        unitsSeen = System.nanoTime();
        return null;
    }
}

package dev.racker.harness.probe;

import java.time.Duration;

/** Pauses between looks, at growing intervals, until a deadline; a pause ends when the machine does. */
final class Patience {

    private static final long FIRST_PAUSE = 10;
    private static final long LONGEST_PAUSE = 250;

    private final Guest guest;
    private final long begin = System.nanoTime();
    private final Duration timeout;
    private long pause = FIRST_PAUSE;

    Patience(Guest guest, Duration timeout) {
        this.guest = guest;
        this.timeout = timeout;
    }

    /**
     * Pauses before the next look; false, at once, when the time is up.
     *
     * @throws UnlookableException when the machine has ended
     */
    boolean again() {
        return again(Long.MAX_VALUE);
    }

    /** Pauses before the next look, but no longer than some milliseconds. */
    boolean again(long most) {
        long left = left().toMillis();
        if (left <= 0) {
            return false;
        }
        if (guest.endedWithin(Math.max(1, Math.min(most, Math.min(left, pause))))) {
            throw guest.ended();
        }
        pause = Math.min(LONGEST_PAUSE, pause * 2);
        return true;
    }

    /** The time until the deadline; negative after it. */
    Duration left() {
        return timeout.minusNanos(System.nanoTime() - begin);
    }

    /** How long it may take, for people. */
    String limit() {
        return seconds(timeout);
    }

    static String seconds(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() / 1000.0 + " s";
    }
}

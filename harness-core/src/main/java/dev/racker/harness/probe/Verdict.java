package dev.racker.harness.probe;

/** How something that was checked ended; the later one of two is the worse one. */
public enum Verdict {
    /** It was not tried, because something before it did not work or the run was interrupted. */
    SKIPPED,
    /** It is as it should be. */
    PASS,
    /** Nobody could tell: a tool, the network or this program broke. */
    ERROR,
    /** The thing under test is bad, whatever else could not be told. */
    FAIL;

    /** Whether somebody has to look at it: {@link #FAIL} and {@link #ERROR}. */
    public boolean isBad() {
        return compareTo(ERROR) >= 0;
    }

    /** The worse one of this and another. */
    public Verdict worse(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

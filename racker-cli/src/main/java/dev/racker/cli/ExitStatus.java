package dev.racker.cli;

/** The exit statuses of {@code racker} that are not the payload's own, as docker has them. */
final class ExitStatus {

    static final int OK = 0;

    /** Some of what was asked for could not be done. */
    static final int PARTIAL = 1;

    /** Racker itself failed, or was called wrongly. */
    static final int FAILURE = 125;

    private ExitStatus() {}
}

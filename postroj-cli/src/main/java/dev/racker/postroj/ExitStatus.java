package dev.racker.postroj;

import dev.racker.harness.probe.Verdict;

/** The exit statuses of {@code postroj}. */
final class ExitStatus {

    /** Everything passed. */
    static final int OK = 0;

    /** Something that was tested is bad. */
    static final int FAIL = 1;

    /** The program was called wrongly: an option, a package file, a label, a specification. */
    static final int USAGE = 2;

    /** Nobody could tell: a machine, a mirror, a tool or this program broke, or the run was interrupted. */
    static final int ERROR = 3;

    /** The self-test found something that does not work. */
    static final int SELFTEST = 5;

    private ExitStatus() {}

    static int of(Verdict verdict) {
        return switch (verdict) {
            case PASS -> OK;
            case FAIL -> FAIL;
            case SKIPPED, ERROR -> ERROR;
        };
    }
}

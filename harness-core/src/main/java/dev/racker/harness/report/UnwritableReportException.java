package dev.racker.harness.report;

import dev.racker.harness.error.HarnessException;

/** The reports could not be written where they should be; what was there before is as it was. */
public final class UnwritableReportException extends HarnessException {

    private static final long serialVersionUID = 1L;

    UnwritableReportException(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }
}

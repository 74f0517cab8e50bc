package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;

/** A download over HTTP failed; what has arrived so far is kept and used by the next try. */
public final class HttpDownloadException extends HarnessException {

    private static final long serialVersionUID = 1L;

    HttpDownloadException(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }
}

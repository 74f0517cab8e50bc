package dev.racker.harness.evidence;

import dev.racker.harness.error.HarnessException;

/** A pattern of leftovers that may stay cannot be understood. */
public final class InvalidGlobException extends HarnessException {

    private static final long serialVersionUID = 1L;

    InvalidGlobException(String input, String why) {
        super(
                "Tried to read the pattern \"" + input + "\", but " + why + ".",
                "Write an absolute path, in which * stands for anything within a name, ? for one character and ** for"
                        + " any number of names, such as /var/lib/foo or /etc/**/foo-*; or user:NAME or group:NAME.");
    }
}

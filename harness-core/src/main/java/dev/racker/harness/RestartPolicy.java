package dev.racker.harness;

import dev.racker.harness.error.HarnessException;

/**
 * When a container is started again after it has ended by itself.
 *
 * @param kind whether at all
 * @param retries how often in a row after a failure; 0 for any number; only with {@link Kind#ON_FAILURE}
 */
public record RestartPolicy(Kind kind, int retries) {

    /** The kinds that docker knows. */
    public enum Kind {
        /** Never. */
        NO("no"),
        /** When its exit status was not 0. */
        ON_FAILURE("on-failure"),
        /** In any case, and when the host has been booted. */
        ALWAYS("always"),
        /** In any case, and when the host has been booted, unless somebody has stopped it before. */
        UNLESS_STOPPED("unless-stopped");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that users type. */
        public String word() {
            return word;
        }
    }

    /** Never started again. */
    public static final RestartPolicy NONE = new RestartPolicy(Kind.NO, 0);

    /**
     * Reads {@code no}, {@code on-failure[:RETRIES]}, {@code always} or {@code unless-stopped}.
     *
     * @throws HarnessException when it is something else
     */
    public static RestartPolicy parse(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(word) && (colon < 0 || kind == Kind.ON_FAILURE)) {
                return new RestartPolicy(kind, colon < 0 ? 0 : retries(text, text.substring(colon + 1)));
            }
        }
        throw wrong(text);
    }

    private static int retries(String text, String number) {
        try {
            int retries = Integer.parseInt(number);
            if (retries >= 0) {
                return retries;
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static HarnessException wrong(String text) {
        return new HarnessException(
                "Tried to read the restart policy \"" + text + "\", but there is no such policy.",
                "Use no, on-failure, on-failure:N, always or unless-stopped.");
    }

    @Override
    public String toString() {
        return retries == 0 ? kind.word : kind.word + ":" + retries;
    }
}

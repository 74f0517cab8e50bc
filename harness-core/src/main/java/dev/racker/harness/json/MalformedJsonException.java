package dev.racker.harness.json;

import dev.racker.harness.error.HarnessException;

/** A text is no JSON, or not the JSON that was expected; {@link #problem()} fits into another sentence. */
public final class MalformedJsonException extends HarnessException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /** Tells the problem, as the end of a sentence that starts with "Tried to read JSON, but"; the cause may be null. */
    public MalformedJsonException(String problem, Throwable cause) {
        super("Tried to read JSON, but " + problem + ".", null, cause);
        this.problem = problem;
    }

    /** What is wrong, as the end of a sentence, without a full stop. */
    public String problem() {
        return problem;
    }
}

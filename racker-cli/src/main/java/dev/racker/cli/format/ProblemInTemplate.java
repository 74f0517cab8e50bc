package dev.racker.cli.format;

/** What went wrong while a template was evaluated; the template itself is added further out. */
final class ProblemInTemplate extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;

    ProblemInTemplate(String message, String hint) {
        super(message, null, false, false);
        this.hint = hint;
    }

    ProblemInTemplate(String message) {
        this(message, null);
    }

    /** May be null. */
    String hint() {
        return hint;
    }
}

package dev.racker.cli.format;

import dev.racker.harness.error.HarnessException;

/** A template that cannot be read, or that asks for something that is not there. */
public final class TemplateException extends HarnessException {

    private static final long serialVersionUID = 1L;

    private TemplateException(String message, String hint) {
        super(message, hint);
    }

    static TemplateException unreadable(String template, String problem, String hint) {
        return new TemplateException("Tried to read the template " + quoted(template) + ", but " + problem + ".", hint);
    }

    static TemplateException unprintable(String template, ProblemInTemplate problem) {
        return new TemplateException(
                "Tried to print with the template " + quoted(template) + ", but " + problem.getMessage() + ".",
                problem.hint());
    }

    /** One line, whatever the template holds. */
    private static String quoted(String template) {
        return '"' + template.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"';
    }
}

package dev.racker.cli.format;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A template as docker's {@code --format} takes it: that part of Go's text/template which is of use there, over JSON.
 *
 * <p>JSON does not tell maps from structures. An object that is empty, or whose first key does not begin with an
 * upper-case letter, is taken for a map: a key that it has not gives {@code <no value>}. A field that another object has
 * not is an error.
 */
public final class GoTemplate {

    private final String source;
    private final List<Part> parts;

    private GoTemplate(String source, List<Part> parts) {
        this.source = source;
        this.parts = parts;
    }

    /**
     * Reads a template; {@code \t} and {@code \n} outside of actions are a tab and a line end.
     *
     * @throws TemplateException when it is none
     */
    public static GoTemplate parse(String text) {
        return new GoTemplate(text, new TemplateParser(text).parse());
    }

    /**
     * Writes it with this value as the dot, without a line end of its own.
     *
     * @throws TemplateException when it asks for a field that is not there, or does with a value what cannot be done
     */
    public String render(JsonNode data) {
        return render(Scope.outermost(data, false));
    }

    /** Writes it over the columns' headings, by name; functions of texts change nothing. */
    String renderHeadings(JsonNode headings) {
        return render(Scope.outermost(headings, true));
    }

    private String render(Scope scope) {
        StringBuilder out = new StringBuilder();
        try {
            Part.all(parts, scope, out);
        } catch (ProblemInTemplate e) {
            throw TemplateException.unprintable(source, e);
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return source;
    }
}

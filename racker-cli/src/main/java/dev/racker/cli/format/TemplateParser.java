package dev.racker.cli.format;

import dev.racker.cli.format.Part.Flow;
import dev.racker.cli.format.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Reads text and actions into parts. */
final class TemplateParser {

    private static final Set<String> UNSUPPORTED = Set.of("define", "template", "block");

    private final String source;
    private final Tokens tokens;
    private final PipelineParser pipelines;
    private final Deque<String> open = new ArrayDeque<>();

    TemplateParser(String source) {
        this.source = source;
        this.tokens = new Tokens(source);
        this.pipelines = new PipelineParser(source, tokens);
    }

    /** What a list of parts was ended by: end, else, or the end of the template. */
    private record Body(List<Part> parts, String end) {}

    List<Part> parse() {
        Body body = body();
        if (!body.end().isEmpty()) {
            throw problem("{{" + body.end() + "}} has nothing to " + (body.end().equals("end") ? "end" : "belong to"));
        }
        return body.parts();
    }

    private Body body() {
        List<Part> parts = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            if (token.kind() == Kind.END) {
                if (!open.isEmpty()) {
                    throw TemplateException.unreadable(
                            source, "{{" + open.peek() + "}} is not ended", "Write {{end}} where it ends.");
                }
                return new Body(parts, "");
            }
            if (token.kind() == Kind.TEXT) {
                parts.add(Part.text(token.text()));
                continue;
            }
            Token first = tokens.peek();
            if (first.isWord("end") || first.isWord("else")) {
                tokens.next();
                if (first.isWord("end")) {
                    close("end");
                }
                return new Body(parts, first.text());
            }
            parts.add(action(first));
        }
    }

    private Part action(Token first) {
        if (first.kind() == Kind.WORD && UNSUPPORTED.contains(first.text())) {
            throw problem("racker does not support {{" + first.text() + "}}");
        }
        if (first.kind() != Kind.WORD || Functions.exists(first.text())) {
            Part value = Part.value(pipelines.declaration(1));
            close("a value");
            return value;
        }
        return switch (first.text()) {
            case "if", "with" -> choice(tokens.next().text());
            case "range" -> loop();
            case "break" -> jump(Flow.BREAK);
            case "continue" -> jump(Flow.CONTINUE);
            default -> throw pipelines.unknownFunction(first.text());
        };
    }

    private Part jump(Flow flow) {
        String word = tokens.next().text();
        if (!open.contains("range")) {
            throw problem("{{" + word + "}} stands outside of {{range}}");
        }
        close(word);
        return Part.jump(flow);
    }

    /** The rest of an action that begins with {@code if} or {@code with}, to its end. */
    private Part choice(String word) {
        pipelines.enter();
        Pipeline condition = pipelines.declaration(1);
        close(word);
        open.push(word);
        Body then = body();
        List<Part> otherwise = otherwise(then, word);
        open.pop();
        pipelines.leave();
        return Part.choice(condition, word.equals("with"), then.parts(), otherwise);
    }

    private List<Part> otherwise(Body then, String word) {
        if (!then.end().equals("else")) {
            return List.of();
        }
        if (tokens.peek().isWord("if") || tokens.peek().isWord("with")) {
            return List.of(choice(tokens.next().text())); // its end is ours too
        }
        close("else");
        Body otherwise = body();
        if (!otherwise.end().equals("end")) {
            throw problem("{{" + word + "}} has two {{else}}");
        }
        return otherwise.parts();
    }

    private Part loop() {
        tokens.next();
        pipelines.enter();
        Pipeline over = pipelines.declaration(2);
        close("range");
        open.push("range");
        Body body = body();
        List<Part> otherwise = List.of();
        if (body.end().equals("else")) {
            close("else");
            Body rest = body();
            if (!rest.end().equals("end")) {
                throw problem("{{range}} has two {{else}}");
            }
            otherwise = rest.parts();
        }
        open.pop();
        pipelines.leave();
        return Part.loop(over, body.parts(), otherwise);
    }

    private void close(String what) {
        Token token = tokens.next();
        if (token.kind() != Kind.CLOSE) {
            throw problem(token.shown() + " after " + what + " cannot be read");
        }
    }

    private TemplateException problem(String problem) {
        return TemplateException.unreadable(source, problem, null);
    }
}

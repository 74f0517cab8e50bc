package dev.racker.cli.format;

import dev.racker.cli.format.Token.Kind;
import dev.racker.harness.console.Suggestions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what stands inside of actions. */
final class PipelineParser {

    private final String source;
    private final Tokens tokens;
    private final Deque<Set<String>> variables = new ArrayDeque<>();

    PipelineParser(String source, Tokens tokens) {
        this.source = source;
        this.tokens = tokens;
        enter();
        variables.peek().add("$");
    }

    /** Begins a block, whose variables end with it. */
    void enter() {
        variables.push(new HashSet<>());
    }

    /** Ends a block. */
    void leave() {
        variables.pop();
    }

    /** Reads an expression, with up to so many variables that it goes to. */
    Pipeline declaration(int most) {
        List<String> names = names();
        if (names.isEmpty()) {
            return new Pipeline(names, false, pipeline());
        }
        if (names.size() > most) {
            throw problem("there are too many variables before " + tokens.peek().shown());
        }
        boolean declares = tokens.next().text().equals(":=");
        if (!declares) {
            names.forEach(this::checkDeclared);
        }
        Expression expression = pipeline();
        if (declares) {
            variables.peek().addAll(names);
        }
        return new Pipeline(names, declares, expression);
    }

    /** The variables before {@code :=} or {@code =}; none when what follows is an expression. */
    private List<String> names() {
        List<String> names = new ArrayList<>();
        int ahead = 0;
        while (tokens.peek(ahead).kind() == Kind.VARIABLE) {
            names.add(tokens.peek(ahead).text());
            Token after = tokens.peek(ahead + 1);
            if (after.is(":=") || after.is("=")) {
                for (int i = 0; i <= ahead; i++) {
                    tokens.next();
                }
                return names;
            }
            if (!after.is(",")) {
                break;
            }
            ahead += 2;
        }
        return List.of();
    }

    private Expression pipeline() {
        Expression value = command(null);
        while (tokens.peek().is("|")) {
            tokens.next();
            value = command(value);
        }
        return value;
    }

    /** A function with its arguments, or a value; what comes through the pipe is the last argument. */
    private Expression command(Expression piped) {
        Token first = tokens.peek();
        if (first.kind() == Kind.WORD) {
            String function = tokens.next().text();
            return call(function, arguments(piped));
        }
        Expression operand = operand();
        Token last = tokens.peek(-1);
        boolean isLabel =
                first == last && first.kind() == Kind.FIELD && first.text().equals("Label");
        List<Expression> arguments = arguments(piped);
        if (arguments.isEmpty()) {
            return operand;
        }
        if (isLabel && arguments.size() == 1) {
            return label(arguments.get(0));
        }
        throw problem(last.shown() + " is no function and takes no argument");
    }

    /** {@code .Label "x"} reads the labels of what the dot is; the field itself is never looked at. */
    private static Expression label(Expression name) {
        return scope -> Members.label(scope.dot(), name.evaluate(scope).asString(), scope.isHeading());
    }

    private List<Expression> arguments(Expression piped) {
        List<Expression> arguments = new ArrayList<>();
        while (isOperand(tokens.peek())) {
            arguments.add(operand());
        }
        if (piped != null) {
            arguments.add(piped);
        }
        return arguments;
    }

    private static boolean isOperand(Token token) {
        return switch (token.kind()) {
            case WORD, FIELD, VARIABLE, LITERAL -> true;
            case SIGN -> token.is(".") || token.is("(");
            default -> false;
        };
    }

    private Expression operand() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case LITERAL -> scope -> token.literal();
            case WORD -> call(token.text(), List.of());
            case VARIABLE -> chain(variable(token.text()));
            case FIELD -> chain(scope -> Members.field(scope.dot(), token.text()));
            case SIGN -> {
                if (token.is(".")) {
                    yield Scope::dot;
                }
                if (token.is("(")) {
                    yield chain(inBrackets());
                }
                throw missing(token);
            }
            default -> throw missing(token);
        };
    }

    private Expression inBrackets() {
        Expression inside = pipeline();
        Token end = tokens.next();
        if (!end.is(")")) {
            throw problem("a bracket is not closed before " + end.shown());
        }
        return inside;
    }

    /** Fields that follow without a space. */
    private Expression chain(Expression start) {
        Expression value = start;
        while (tokens.peek().kind() == Kind.FIELD && !tokens.peek().spaced()) {
            Expression inner = value;
            String name = tokens.next().text();
            value = scope -> Members.field(inner.evaluate(scope), name);
        }
        return value;
    }

    private Expression variable(String name) {
        checkDeclared(name);
        return scope -> scope.variable(name);
    }

    private void checkDeclared(String name) {
        if (variables.stream().noneMatch(names -> names.contains(name))) {
            throw problem("the variable " + name + " has no value there");
        }
    }

    private Expression call(String function, List<Expression> arguments) {
        if (!Functions.exists(function)) {
            throw unknownFunction(function);
        }
        String problem = Functions.problem(function, arguments.size());
        if (problem != null) {
            throw problem(problem);
        }
        return scope -> Functions.call(function, arguments, scope);
    }

    /** What to say of a word that is neither a keyword nor a function. */
    TemplateException unknownFunction(String word) {
        List<String> near = Suggestions.nearest(word, Functions.names());
        String field = "A field is written with a dot: ." + word + ".";
        return TemplateException.unreadable(
                source,
                "there is no function \"" + word + "\"",
                near.isEmpty() ? field : "Did you mean " + String.join(" or ", near) + "?");
    }

    private TemplateException missing(Token instead) {
        return problem("a value is missing before " + instead.shown());
    }

    private TemplateException problem(String problem) {
        return TemplateException.unreadable(source, problem, null);
    }
}

package dev.racker.cli.format;

import java.util.List;

/** The pieces of a template, read from front to end. */
final class Tokens {

    private final List<Token> tokens;
    private int position;

    Tokens(String source) {
        tokens = TemplateLexer.tokens(source);
    }

    Token peek() {
        return tokens.get(position);
    }

    /** The piece after so many others, or before when negative; at the end it is the last one. */
    Token peek(int ahead) {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(position);
        position = Math.min(position + 1, tokens.size() - 1);
        return token;
    }
}

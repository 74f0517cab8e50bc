package dev.racker.cli.format;

import tools.jackson.databind.JsonNode;

/** Something in an action that has a value. */
@FunctionalInterface
interface Expression {

    /** The value; never null, but it may be a missing node. */
    JsonNode evaluate(Scope scope);
}

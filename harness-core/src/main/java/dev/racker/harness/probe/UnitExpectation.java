package dev.racker.harness.probe;

import dev.racker.harness.console.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** The state that a unit should be in, in the words of systemctl(1). */
record UnitExpectation(String state, Kind kind) {

    /** Which of its states a word is about. */
    enum Kind {
        LOAD("LoadState", List.of("loaded", "not-found")),
        FILE(
                "UnitFileState",
                List.of(
                        "enabled",
                        "enabled-runtime",
                        "linked",
                        "linked-runtime",
                        "alias",
                        "masked",
                        "masked-runtime",
                        "static",
                        "disabled",
                        "indirect",
                        "generated",
                        "transient")),
        ACTIVE("ActiveState", List.of("active", "inactive", "failed", "activating", "deactivating", "reloading")),
        SUB(
                "SubState",
                List.of(
                        "running",
                        "exited",
                        "dead",
                        "listening",
                        "waiting",
                        "mounted",
                        "plugged",
                        "elapsed",
                        "abandoned",
                        "auto-restart"));

        private final String property;
        private final List<String> states;

        Kind(String property, List<String> states) {
            this.property = property;
            this.states = states;
        }

        String property() {
            return property;
        }
    }

    static UnitExpectation parse(String text, String state) {
        List<String> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (kind.states.contains(state)) {
                return new UnitExpectation(state, kind);
            }
            all.addAll(kind.states);
        }
        List<String> near = Suggestions.nearest(state, all);
        throw InvalidProbeException.of(
                "the unit check",
                text,
                "\"" + state + "\" is no state of a unit",
                near.isEmpty()
                        ? "Give one of: " + String.join(", ", all) + "."
                        : "Did you mean " + String.join(" or ", near) + "?");
    }

    /** Says whether the unit should do something, rather than be at rest. */
    boolean isUp() {
        return switch (kind) {
            case LOAD, FILE -> false;
            case ACTIVE -> state.equals("active");
            case SUB -> !state.equals("dead") && !state.equals("auto-restart");
        };
    }
}

package dev.racker.harness.acquire;

import dev.racker.harness.image.GoDuration;
import dev.racker.harness.json.Json;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What follows {@code HEALTHCHECK} in a Dockerfile: {@code NONE}, or {@code CMD} and a command, with times before it.
 *
 * @param value such as {@code --interval=5s CMD test -e /ready}
 */
record HealthInstruction(String value) {

    private static final String FORM = "Write HEALTHCHECK [--interval=30s] [--timeout=30s] [--start-period=0s] "
            + "[--start-interval=5s] [--retries=3] CMD COMMAND, or HEALTHCHECK NONE.";

    /**
     * The object {@code Healthcheck} of an image configuration; times are nanoseconds there.
     *
     * @throws dev.racker.harness.error.HarnessException when it is none
     */
    ObjectNode config() {
        ObjectNode health = Json.mapper().createObjectNode();
        String rest = value;
        while (rest.startsWith("--")) {
            int end = blank(rest);
            option(health, rest.substring(2, end));
            rest = rest.substring(end).strip();
        }
        int end = blank(rest);
        String command = rest.substring(end).strip();
        switch (rest.substring(0, end).toUpperCase(Locale.ROOT)) {
            case "NONE" -> {
                if (!rest.equals(value) || !command.isEmpty()) {
                    throw wrong("NONE stands alone");
                }
                health.putArray("Test").add("NONE");
            }
            case "CMD" -> {
                if (command.isEmpty()) {
                    throw wrong("nothing follows CMD");
                }
                test(health.putArray("Test"), command);
            }
            default -> throw wrong("it has neither CMD nor NONE");
        }
        return health;
    }

    private static void test(ArrayNode test, String command) {
        ArrayNode words = ConfigChange.array(command);
        if (words == null) {
            test.add("CMD-SHELL").add(command);
        } else {
            test.add("CMD").addAll(words);
        }
    }

    private void option(ObjectNode health, String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String text = equals < 0 ? "" : option.substring(equals + 1);
        switch (name) {
            case "interval" -> time(health, "Interval", name, text);
            case "timeout" -> time(health, "Timeout", name, text);
            case "start-period" -> time(health, "StartPeriod", name, text);
            case "start-interval" -> time(health, "StartInterval", name, text);
            case "retries" -> retries(health, text);
            default -> throw wrong("--" + name + " is no option of it");
        }
    }

    private static void time(ObjectNode health, String key, String name, String text) {
        health.put(key, GoDuration.parse("--" + name, text).toNanos());
    }

    private void retries(ObjectNode health, String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong("\"" + text + "\" is no number of failures");
        }
        health.put("Retries", Integer.parseInt(text));
    }

    private static int blank(String text) {
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private RuntimeException wrong(String problem) {
        return ConfigChange.refused("HEALTHCHECK " + value, problem, FORM);
    }
}

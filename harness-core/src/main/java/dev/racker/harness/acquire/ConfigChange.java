package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.Json;
import dev.racker.harness.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of an image's configuration, written as an instruction of a Dockerfile, as {@code import --change} takes it.
 *
 * @param instruction in upper case
 * @param value what follows it; not empty
 */
public record ConfigChange(String instruction, String value) {

    private static final List<String> KNOWN = List.of(
            "CMD",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "HEALTHCHECK",
            "LABEL",
            "ONBUILD",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    /**
     * Reads a change such as {@code CMD ["bash"]} or {@code ENV PATH=/bin}; {@code CMD=bash} is the same as
     * {@code CMD bash}.
     *
     * @throws HarnessException when it is none that is known
     */
    public static ConfigChange parse(String text) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && Character.isLetter(stripped.charAt(end))) {
            end++;
        }
        String name = stripped.substring(0, end).toUpperCase(Locale.ROOT);
        String rest = stripped.substring(end);
        String value = rest.startsWith("=") ? rest.substring(1).strip() : rest.strip();
        boolean separated = rest.isEmpty() || rest.startsWith("=") || Character.isWhitespace(rest.charAt(0));
        if (!separated || !KNOWN.contains(name)) {
            throw refused(text, "it is no instruction that is known", "Use one of " + String.join(", ", KNOWN) + ".");
        }
        ConfigChange change = new ConfigChange(name, value);
        if (value.isEmpty()) {
            throw refused(text, "nothing follows " + name, "Write it as in a Dockerfile.");
        }
        change.apply(Json.mapper().createObjectNode()); // so that what is wrong is told before any work
        return change;
    }

    /** Changes the object {@code config} of an image configuration. */
    void apply(ObjectNode config) {
        switch (instruction) {
            case "CMD" -> config.set("Cmd", command());
            case "ENTRYPOINT" -> config.set("Entrypoint", command());
            case "ENV" -> pairs(true).forEach(pair -> setVariable(config, pair));
            case "EXPOSE" ->
                words().forEach(port ->
                        config.withObjectProperty("ExposedPorts").putObject(port.contains("/") ? port : port + "/tcp"));
            case "HEALTHCHECK" -> config.set("Healthcheck", new HealthInstruction(value).config());
            case "LABEL" ->
                pairs(false).forEach(pair -> config.withObjectProperty("Labels").put(pair.getKey(), pair.getValue()));
            case "ONBUILD" -> config.withArrayProperty("OnBuild").add(value);
            case "STOPSIGNAL" -> config.put("StopSignal", value);
            case "USER" -> config.put("User", value);
            case "VOLUME" ->
                paths().forEach(path -> config.withObjectProperty("Volumes").putObject(path));
            default -> config.put("WorkingDir", value);
        }
    }

    /** As docker: a JSON array is the command itself, anything else is for a shell. */
    private ArrayNode command() {
        ArrayNode list = array();
        return list == null
                ? Json.mapper().createArrayNode().add("/bin/sh").add("-c").add(value)
                : list;
    }

    private List<String> paths() {
        ArrayNode list = array();
        if (list == null) {
            return words();
        }
        List<String> paths = new ArrayList<>();
        list.forEach(path -> paths.add(path.stringValue()));
        return paths;
    }

    private ArrayNode array() {
        return array(value);
    }

    /** A value as a JSON array of texts; null when it is none. */
    static ArrayNode array(String value) {
        if (!value.startsWith("[")) {
            return null;
        }
        try {
            JsonNode tree = Json.tree(value.getBytes(StandardCharsets.UTF_8));
            for (JsonNode element : tree) {
                if (!element.isString()) {
                    return null;
                }
            }
            return (ArrayNode) tree;
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    private static void setVariable(ObjectNode config, Map.Entry<String, String> pair) {
        ArrayNode variables = config.withArrayProperty("Env");
        for (int i = 0; i < variables.size(); i++) {
            if (variables.get(i).stringValue().startsWith(pair.getKey() + "=")) {
                variables.set(i, pair.getKey() + "=" + pair.getValue());
                return;
            }
        }
        variables.add(pair.getKey() + "=" + pair.getValue());
    }

    /** {@code A=1 B="2 3"}; where it is allowed, {@code A the rest} too. */
    private List<Map.Entry<String, String>> pairs(boolean plainPair) {
        List<String> words = words();
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        if (plainPair && !words.get(0).contains("=") && words.size() > 1) {
            String name = words.get(0);
            pairs.add(Map.entry(
                    name, value.substring(value.indexOf(name) + name.length()).strip()));
            return pairs;
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw refused(instruction + " " + value, "\"" + word + "\" is not NAME=VALUE", "Write NAME=VALUE.");
            }
            pairs.add(Map.entry(word.substring(0, equals), word.substring(equals + 1)));
        }
        return pairs;
    }

    /** Words between spaces; quotes and backslashes keep spaces in a word. */
    private List<String> words() {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean any = false;
        char quote = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < value.length()) {
                word.append(value.charAt(++i));
                any = true;
            } else if (c == quote || quote == 0 && (c == '"' || c == '\'')) {
                quote = quote == 0 ? c : 0;
                any = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        if (quote != 0) {
            throw refused(instruction + " " + value, "a quotation mark is not closed", "Close it.");
        }
        if (any) {
            words.add(word.toString());
        }
        return words;
    }

    static HarnessException refused(String text, String problem, String hint) {
        return new HarnessException("Tried to read the change \"" + text + "\", but " + problem + ".", hint);
    }
}

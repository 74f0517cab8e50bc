package dev.racker.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of {@code --mount}: {@code KEY=VALUE} between commas; a field that holds a comma stands in quotation marks.
 *
 * @param type {@code bind}, {@code volume} or {@code tmpfs}, or what else was given
 * @param source empty when it was not given
 * @param target null when it was not given
 * @param copies whether an empty volume is filled from the image
 * @param labels of a volume that is made for it
 * @param memory options of a file system in memory
 */
record MountFields(
        String type,
        String source,
        String target,
        boolean readOnly,
        boolean copies,
        Map<String, String> labels,
        String memory) {

    static MountFields parse(String text) {
        String type = "volume";
        String source = "";
        String target = null;
        boolean readOnly = false;
        boolean copies = true;
        Map<String, String> labels = new LinkedHashMap<>();
        List<String> memory = new ArrayList<>();
        for (String field : split(text)) {
            int equals = field.indexOf('=');
            String key = equals < 0 ? field : field.substring(0, equals);
            String value = equals < 0 ? "true" : field.substring(equals + 1);
            switch (key) {
                case "type" -> type = value;
                case "source", "src" -> source = value;
                case "target", "destination", "dst" -> target = value;
                case "readonly", "ro" -> readOnly = flag(text, key, value);
                case "volume-nocopy" -> copies = !flag(text, key, value);
                case "volume-label" -> label(value, labels);
                case "tmpfs-size" -> memory.add("size=" + value);
                case "tmpfs-mode" -> memory.add("mode=" + value);
                case "consistency" -> {} // docker looks at it on other systems only
                default -> acceptDefault(text, key, value);
            }
        }
        return new MountFields(type, source, target, readOnly, copies, labels, String.join(",", memory));
    }

    /** What asks for what is done anyway is no mistake. */
    private static void acceptDefault(String text, String key, String value) {
        boolean isDefault = key.equals("volume-driver") && value.equals("local")
                || key.equals("bind-propagation") && (value.equals("rprivate") || value.equals("private"));
        if (!isDefault) {
            throw MountFlags.wrong("--mount", text, "The field \"" + key + "\" is not supported.");
        }
    }

    private static void label(String text, Map<String, String> labels) {
        int equals = text.indexOf('=');
        labels.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
    }

    private static boolean flag(String text, String key, String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw MountFlags.wrong("--mount", text, "The field \"" + key + "\" is true or false.");
        };
    }

    private static List<String> split(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"' && (quoted || field.length() == 0)) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}

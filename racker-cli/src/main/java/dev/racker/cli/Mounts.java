package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code --volume}, {@code --mount} and {@code --tmpfs} ask to be mounted in a machine. */
final class Mounts {

    private final List<Bind> binds = new ArrayList<>();
    private final List<Tmpfs> tmpfs = new ArrayList<>();

    List<Bind> binds() {
        return binds;
    }

    List<Tmpfs> tmpfs() {
        return tmpfs;
    }

    /** Reads {@code SRC:DST[:ro|rw]}; a missing source becomes a directory, as docker does. */
    void volume(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw wrong("--volume", text, "Write SRC:DST or SRC:DST:ro, with absolute paths.");
        }
        boolean readOnly = parts.length == 3 && parts[2].equals("ro");
        if (parts.length == 3 && !readOnly && !parts[2].equals("rw")) {
            throw wrong("--volume", text, "After the second colon only \"ro\" and \"rw\" are known.");
        }
        if (!isPath(parts[0])) {
            throw wrong(
                    "--volume", text, "Named volumes are not supported; give the source as a path, such as ./data.");
        }
        Path source = Path.of(parts[0]).toAbsolutePath().normalize();
        checkTarget("--volume", text, parts[1]);
        try {
            if (!Files.exists(source)) {
                Files.createDirectories(source);
            }
        } catch (IOException e) {
            throw new HarnessException("Tried to create " + source + ", but: " + e.getMessage() + ".", null, e);
        }
        binds.add(new Bind(source, parts[1], readOnly));
    }

    /** Anything else is the name of a volume. */
    private static boolean isPath(String source) {
        return source.startsWith("/")
                || source.equals(".")
                || source.equals("..")
                || source.startsWith("./")
                || source.startsWith("../");
    }

    /** Reads {@code type=bind,source=SRC,target=DST[,readonly]} and {@code type=tmpfs,target=DST[,tmpfs-size=N]}. */
    void mount(String text) {
        String type = "volume";
        String source = null;
        String target = null;
        boolean readOnly = false;
        List<String> options = new ArrayList<>();
        for (String field : text.split(",", -1)) {
            int equals = field.indexOf('=');
            String key = equals < 0 ? field : field.substring(0, equals);
            String value = equals < 0 ? "true" : field.substring(equals + 1);
            switch (key) {
                case "type" -> type = value;
                case "source", "src" -> source = value;
                case "target", "destination", "dst" -> target = value;
                case "readonly", "ro" -> readOnly = flag(text, key, value);
                case "tmpfs-size" -> options.add("size=" + value);
                case "tmpfs-mode" -> options.add("mode=" + value);
                default -> throw wrong("--mount", text, "The field \"" + key + "\" is not supported.");
            }
        }
        if (target == null) {
            throw wrong("--mount", text, "Add target=DST.");
        }
        switch (type) {
            case "bind" -> {
                if (source == null || !Files.exists(Path.of(source))) {
                    throw wrong("--mount", text, "Add source=SRC, a path that exists.");
                }
                checkTarget("--mount", text, target);
                binds.add(new Bind(Path.of(source).toAbsolutePath().normalize(), target, readOnly));
            }
            case "tmpfs" -> memory("--mount", text, target, String.join(",", options));
            default -> throw wrong("--mount", text, "The type \"" + type + "\" is not supported; use bind or tmpfs.");
        }
    }

    /** Reads {@code DST[:OPTIONS]}. */
    void tmpfs(String text) {
        int colon = text.indexOf(':');
        String target = colon < 0 ? text : text.substring(0, colon);
        memory("--tmpfs", text, target, colon < 0 ? "" : text.substring(colon + 1));
    }

    private void memory(String option, String text, String target, String options) {
        checkTarget(option, text, target);
        tmpfs.add(new Tmpfs(target, options));
    }

    private static void checkTarget(String option, String text, String target) {
        if (!target.startsWith("/") || Path.of(target).normalize().equals(Path.of("/"))) {
            throw wrong(option, text, "The path inside must be absolute and not \"/\".");
        }
    }

    private static boolean flag(String text, String key, String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw wrong("--mount", text, "The field \"" + key + "\" is true or false.");
        };
    }

    private static HarnessException wrong(String option, String text, String hint) {
        return new HarnessException("Tried to read " + option + " \"" + text + "\", but it is not understood.", hint);
    }
}

package dev.racker.harness.evidence;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StackLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Overlayfs's marks in whole layers, found by one run of getfattr(1) for each: Java cannot see trusted attributes. */
final class OpaqueDirectories implements StackLookup.Marks {

    private static final String ATTRIBUTE = "trusted.overlay.opaque";
    private static final String FILE = "# file: ";

    private final List<Path> layers;
    private final CommandRunner runner;
    private final Map<Path, Set<String>> known = new HashMap<>();

    OpaqueDirectories(List<Path> layers, CommandRunner runner) {
        this.layers = layers;
        this.runner = runner;
    }

    @Override
    public boolean isOpaque(Path directory) {
        for (Path layer : layers) {
            if (directory.startsWith(layer)) {
                return known.computeIfAbsent(layer, this::read).contains(raw(directory));
            }
        }
        return false;
    }

    private Set<String> read(Path layer) {
        return parse(runner.run(command(layer)).stdout());
    }

    static Command command(Path layer) {
        // Files that vanish meanwhile are told on standard error and in the status.
        return Command.of(
                        "getfattr",
                        "--recursive",
                        "--physical",
                        "--no-dereference",
                        "--absolute-names",
                        "--dump",
                        "--match=^trusted\\.overlay\\.opaque$",
                        "--",
                        layer.toString())
                .expectAny();
    }

    /** Names as bytes in ISO 8859-1; getfattr writes control characters and backslashes as octal numbers. */
    static Set<String> parse(byte[] dump) {
        Set<String> directories = new HashSet<>();
        String file = "";
        for (String line : new String(dump, StandardCharsets.ISO_8859_1).split("\n")) {
            if (line.startsWith(FILE)) {
                file = unescape(line.substring(FILE.length()));
            } else if (line.equals(ATTRIBUTE + "=\"y\"")) {
                directories.add(file);
            }
        }
        return directories;
    }

    private static String unescape(String text) {
        StringBuilder raw = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 3 < text.length()) {
                raw.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                raw.append(c);
            }
        }
        return raw.toString();
    }

    private static String raw(Path path) {
        return new String(GuestName.bytes(path), StandardCharsets.ISO_8859_1);
    }
}

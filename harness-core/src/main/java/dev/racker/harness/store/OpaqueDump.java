package dev.racker.harness.store;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** What getfattr(1) tells of overlayfs's mark of opaque directories. */
public final class OpaqueDump {

    /** The attribute, which is {@code y} for a directory that hides what lower layers have in theirs. */
    public static final String ATTRIBUTE = "trusted.overlay.opaque";

    private static final String FILE = "# file: ";

    private OpaqueDump() {}

    /**
     * Finds the opaque directories in what {@code getfattr --dump} writes.
     *
     * @return their names, each character a byte; getfattr writes control characters and backslashes as octal numbers
     */
    public static Set<String> parse(byte[] dump) {
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
}

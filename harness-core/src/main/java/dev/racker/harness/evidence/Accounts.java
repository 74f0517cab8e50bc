package dev.racker.harness.evidence;

import dev.racker.harness.store.StackLookup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The names in passwd(5) and group(5). */
final class Accounts {

    private static final int MOST_BYTES = 1 << 22;

    private Accounts() {}

    static Set<String> read(StackLookup stack, String path) throws IOException {
        Optional<Path> file = stack.find(path);
        if (file.isEmpty() || !Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
            return Set.of();
        }
        try (InputStream in = Files.newInputStream(file.get(), LinkOption.NOFOLLOW_LINKS)) {
            return names(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        }
    }

    static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        for (String line : text.split("\n")) {
            int colon = line.indexOf(':');
            // Lines of NIS begin with + or -, see nsswitch.conf(5).
            if (colon > 0 && "+-#".indexOf(line.charAt(0)) < 0) {
                names.add(GuestName.line(line.substring(0, colon)));
            }
        }
        return names;
    }
}

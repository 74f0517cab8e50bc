package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes ids: of containers 64 hexadecimal digits, as docker does; of what nobody asks for by its id, twelve. */
final class ContainerIds {

    private static final Path RANDOM = Path.of("/dev/urandom");
    private static final int BYTES = 32;
    private static final int SHORT_BYTES = 6;

    private ContainerIds() {}

    /** The id of a container; its first twelve digits name what belongs to it on this host. */
    static String next() {
        return digits(BYTES);
    }

    /** The id of a machine that belongs to no container. */
    static String machine() {
        return digits(SHORT_BYTES);
    }

    /** Reads random(4) itself: java.security takes a tenth of a machine's boot to load. */
    private static String digits(int bytes) {
        try (InputStream random = Files.newInputStream(RANDOM)) {
            StringBuilder id = new StringBuilder(2 * bytes);
            for (byte b : random.readNBytes(bytes)) {
                id.append(Character.forDigit((b >> 4) & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
            }
            return id.toString();
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + RANDOM + ", but: " + e.getMessage() + ".", null, e);
        }
    }
}

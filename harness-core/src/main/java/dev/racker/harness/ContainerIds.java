package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes ids of containers: twelve hexadecimal digits, as docker shows them. */
final class ContainerIds {

    private static final Path RANDOM = Path.of("/dev/urandom");
    private static final int BYTES = 6;

    private ContainerIds() {}

    /** Reads random(4) itself: java.security takes a tenth of a machine's boot to load. */
    static String next() {
        try (InputStream random = Files.newInputStream(RANDOM)) {
            StringBuilder id = new StringBuilder(2 * BYTES);
            for (byte b : random.readNBytes(BYTES)) {
                id.append(Character.forDigit((b >> 4) & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
            }
            return id.toString();
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + RANDOM + ", but: " + e.getMessage() + ".", null, e);
        }
    }
}

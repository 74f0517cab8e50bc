package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** docker's rules for the names of volumes. */
public final class VolumeNames {

    private static final Path RANDOM = Path.of("/dev/urandom");
    private static final int BYTES = 32;

    private VolumeNames() {}

    /**
     * Checks a name.
     *
     * @throws HarnessException when no volume can be called so
     */
    public static void check(String name) {
        if (name.length() == 1) {
            throw new HarnessException(
                    "Tried to use the volume \"" + name
                            + "\", but volume name is too short, names should be at least two"
                            + " alphanumeric characters.",
                    "Choose a longer name.");
        }
        if (!isValid(name)) {
            throw new HarnessException(
                    "Tried to use the volume \"" + name
                            + "\", but it includes invalid characters for a local volume name,"
                            + " only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed.",
                    "If you intended to pass a host directory, use an absolute path.");
        }
    }

    static boolean isValid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && (i == 0 || c != '_' && c != '.' && c != '-')) {
                return false;
            }
        }
        return name.length() > 1 && name.length() <= 255;
    }

    /** A name for a volume that nobody names: 64 hexadecimal digits. */
    public static String next() {
        // Not java.security, which takes a tenth of a machine's boot to load.
        try (InputStream random = Files.newInputStream(RANDOM)) {
            StringBuilder name = new StringBuilder(2 * BYTES);
            for (byte b : random.readNBytes(BYTES)) {
                name.append(Character.forDigit((b >> 4) & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
            }
            return name.toString();
        } catch (IOException e) {
            throw StoreFailures.of("read " + RANDOM, e);
        }
    }
}

package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The shell scripts of this package, which run what outlives the process that started it.
 *
 * <p>They are on the class path. Opening an archive of it takes longer than all else that is done for a machine before its
 * boot, so an installed program names the directory that holds them as files too, in the system property
 * {@value #DIRECTORY}.
 */
public final class Script {

    /** The system property that names the directory; unset: they are read from the class path. */
    public static final String DIRECTORY = "racker.scripts";

    private Script() {}

    /**
     * The bytes of a script.
     *
     * @param name such as {@code supervise.sh}
     * @throws HarnessException when it is not there or cannot be read
     */
    public static byte[] read(String name) {
        String directory = System.getProperty(DIRECTORY);
        try {
            if (directory != null) {
                return Files.readAllBytes(Path.of(directory, name));
            }
            try (InputStream resource = Script.class.getResourceAsStream(name)) {
                return resource.readAllBytes();
            }
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to read " + name + " of this program, but it is damaged.", "Install it again.", e);
        }
    }

    /** Writes a script to a file that is not there yet. */
    static void copy(String name, Path file) throws IOException {
        Files.write(file, read(name), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }
}

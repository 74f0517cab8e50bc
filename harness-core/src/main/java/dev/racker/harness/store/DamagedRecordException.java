package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Path;

/** A record in the store cannot be read: broken, incomplete, or written by a newer version. */
public final class DamagedRecordException extends HarnessException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String name;

    DamagedRecordException(Path file, String name, String problem, String hint, Throwable cause) {
        super("Tried to read the record " + file + " of '" + name + "', but " + problem + ".", hint, cause);
        this.file = file;
        this.name = name;
    }

    /** The file that cannot be read. */
    public Path file() {
        return file;
    }

    /** What the record is about, as far as its file name tells. */
    public String name() {
        return name;
    }
}

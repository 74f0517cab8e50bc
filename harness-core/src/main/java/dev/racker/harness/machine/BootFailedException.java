package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Path;
import java.util.Optional;

/** A machine ended before it was ready, or was not ready at its deadline. */
public final class BootFailedException extends HarnessException {

    private static final long serialVersionUID = 1L;

    private final transient Path console;

    BootFailedException(String message, String hint, Path console) {
        super(message, hint);
        this.console = console;
    }

    /** The file with everything that the boot console printed; empty when it could not be kept. */
    public Optional<Path> console() {
        return Optional.ofNullable(console);
    }
}

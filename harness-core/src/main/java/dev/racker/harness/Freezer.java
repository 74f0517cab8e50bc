package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Freezes the processes of a machine: cgroups(7), "cgroup.freeze" of the unified hierarchy (Linux 5.2). */
final class Freezer {

    private static final String FILE = "cgroup.freeze";

    private final List<Path> cgroups;

    Freezer(List<Path> cgroups) {
        this.cgroups = cgroups;
    }

    boolean isFrozen() {
        return file().map(Freezer::read).orElse("0").equals("1");
    }

    void freeze(String name) {
        if (isFrozen()) {
            throw new ContainerStateException("Container " + name + " is already paused.", null);
        }
        write(required(name), "1");
    }

    void thaw(String name) {
        if (!isFrozen()) {
            throw new ContainerStateException("Container " + name + " is not paused.", null);
        }
        write(required(name), "0");
    }

    /** Lets everything go on; nothing when nothing is frozen. */
    void thaw() {
        if (isFrozen()) {
            file().ifPresent(file -> write(file, "0"));
        }
    }

    private Path required(String name) {
        return file().orElseThrow(() -> new HarnessException(
                "Tried to pause container " + name + ", but this host has no unified hierarchy of cgroups.",
                "Boot it with systemd.unified_cgroup_hierarchy=1."));
    }

    private Optional<Path> file() {
        for (Path cgroup : cgroups) {
            if (Files.exists(cgroup.resolve(FILE))) {
                return Optional.of(cgroup.resolve(FILE));
            }
        }
        return Optional.empty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "0"; // the machine has just ended
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void write(Path file, String value) {
        try {
            Files.writeString(file, value, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static HarnessException failed(Path file, IOException cause) {
        return new HarnessException("Tried to use " + file + ", but: " + cause.getMessage() + ".", null, cause);
    }
}

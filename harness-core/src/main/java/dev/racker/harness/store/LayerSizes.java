package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What layers take on disk, in a small file for each: to measure a large layer is to walk through all of it. A layer
 * never changes; a file that is missing or damaged only means that it is measured again.
 */
final class LayerSizes {

    private static final long UNKNOWN = -1;

    private final StorePaths paths;
    private final CommandRunner runner;
    private final Map<LayerId, Long> known = new ConcurrentHashMap<>();

    LayerSizes(StorePaths paths, CommandRunner runner) {
        this.paths = paths;
        this.runner = runner;
    }

    /** Says whether nobody has to measure the layer. */
    boolean isKnown(LayerId id) {
        return find(id) != UNKNOWN;
    }

    /** The bytes that the layer takes on disk, each file counted once however many names it has. */
    long of(LayerId id) {
        long size = find(id);
        return size == UNKNOWN
                ? bytes(runner.run(command(List.of(paths.layer(id)))).text())
                : size;
    }

    /** Starts to measure what trees take on disk. */
    RunningCommand measure(Collection<Path> trees) {
        return runner.start(command(trees));
    }

    /** Keeps what {@link #measure} has found; what it could not measure is measured when somebody asks. */
    void keep(Collection<LayerId> ids, CommandResult result) {
        if (result.status() != 0) {
            return;
        }
        String[] lines = result.text().split("\0");
        int line = 0;
        for (LayerId id : ids) {
            long size = bytes(lines[line++]);
            known.put(id, size);
            Path file = paths.layerSize(id);
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, size + "\n");
            } catch (IOException e) {
                throw StoreFailures.of("write " + file, e);
            }
        }
    }

    /** The layer goes. */
    void forget(LayerId id) {
        known.remove(id);
        try {
            Files.deleteIfExists(paths.layerSize(id));
        } catch (IOException e) {
            throw StoreFailures.of("remove " + paths.layerSize(id), e);
        }
    }

    private long find(LayerId id) {
        Long size = known.get(id);
        if (size == null) {
            size = read(id);
            if (size != UNKNOWN) {
                known.put(id, size);
            }
        }
        return size;
    }

    /** A file that was cut short has no end of line. */
    private long read(LayerId id) {
        try {
            String text = new String(Files.readAllBytes(paths.layerSize(id)), StandardCharsets.ISO_8859_1);
            return text.endsWith("\n") ? Long.parseLong(text.substring(0, text.length() - 1)) : UNKNOWN;
        } catch (NoSuchFileException | NumberFormatException e) {
            return UNKNOWN;
        } catch (IOException e) {
            throw StoreFailures.of("read " + paths.layerSize(id), e);
        }
    }

    private static Command command(Collection<Path> trees) {
        Command command = Command.of("du", "-s", "-0", "-B1", "--");
        for (Path tree : trees) {
            command = command.with(tree.toString());
        }
        return command;
    }

    private static long bytes(String line) {
        int end = 0;
        while (end < line.length() && Character.isDigit(line.charAt(end))) {
            end++;
        }
        return Long.parseLong(line.substring(0, end));
    }
}

package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** The read-only trees that images are stacked of. */
public final class LayerStore {

    private static final String LOCK = "layer";

    private final StorePaths paths;
    private final Locks locks;
    private final CommandRunner runner;
    private final TreeRemoval removal;
    private final Map<LayerId, Long> sizes = new ConcurrentHashMap<>(); // of what was made here

    /** Opens the layers of a store. */
    public LayerStore(StorePaths paths, Locks locks, CommandRunner runner) {
        this.paths = paths;
        this.locks = locks;
        this.runner = runner;
        this.removal = new TreeRemoval(runner);
    }

    /** Says whether the layer is there, complete. */
    public boolean contains(LayerId id) {
        return Files.isDirectory(paths.layer(id), LinkOption.NOFOLLOW_LINKS);
    }

    /** Where the layer is, or would be. */
    public Path path(LayerId id) {
        return paths.layer(id);
    }

    /**
     * Gives the tree of a layer, and makes it first when it is missing: once, whoever else asks at the same time, and
     * beside its place, so that it is there whole or not at all.
     *
     * <p>What {@code content} throws is thrown on, and what it has put down is removed.
     */
    @SuppressWarnings("try") // the lock is only held
    public Path ensure(LayerId id, LayerContent content) {
        Path layer = paths.layer(id);
        if (contains(id)) {
            return layer;
        }
        try (Lock lock = locks.exclusive(LOCK, id.value())) {
            if (!contains(id)) {
                make(id, content, layer);
            }
        }
        return layer;
    }

    private void make(LayerId id, LayerContent content, Path layer) {
        Path temporary = temporary(id);
        Throwable failure = null;
        try {
            Files.createDirectories(paths.layersDirectory());
            Files.createDirectory(temporary);
            content.fill(temporary);
            settle(id, temporary);
            Files.move(temporary, layer, StandardCopyOption.ATOMIC_MOVE);
            AtomicFiles.flush(paths.layersDirectory());
        } catch (IOException e) {
            RuntimeException told = StoreFailures.of("make the layer " + layer, e);
            failure = told;
            throw told;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            if (failure != null) {
                removeAfter(failure, temporary);
            }
        }
    }

    /**
     * Brings a tree to the disk with one syncfs(2): a layer that a power cut has emptied would look complete. Meanwhile
     * it is measured, since whoever has made a layer asks for that next.
     */
    private void settle(LayerId id, Path tree) {
        try (RunningCommand measuring = runner.start(measureCommand(tree))) {
            runner.run(Command.of("sync", "-f", tree.toString()));
            CommandResult measured = measuring.await();
            if (measured.status() == 0) {
                sizes.put(id, bytes(measured));
            }
        }
    }

    private void removeAfter(Throwable failure, Path temporary) {
        try {
            removal.remove(temporary);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** All complete layers, in no particular order. */
    public List<LayerId> list() {
        List<LayerId> ids = new ArrayList<>();
        for (String name : names()) {
            if (LayerId.isValid(name)) {
                ids.add(new LayerId(name));
            }
        }
        return ids;
    }

    /** Removes a layer; says whether it was there. The caller knows that nobody uses it. */
    @SuppressWarnings("try") // the lock is only held
    public boolean delete(LayerId id) {
        try (Lock lock = locks.exclusive(LOCK, id.value())) {
            Optional<Path> detached = detach(id);
            detached.ifPresent(removal::remove);
            return detached.isPresent();
        }
    }

    /** The bytes that the layer takes on disk, each file counted once however many names it has. */
    public long size(LayerId id) {
        Long measured = sizes.get(id);
        return measured == null ? bytes(runner.run(measureCommand(paths.layer(id)))) : measured;
    }

    private static Command measureCommand(Path tree) {
        return Command.of("du", "-s", "-B1", "--", tree.toString());
    }

    private static long bytes(CommandResult measured) {
        String line = measured.text();
        int end = 0;
        while (end < line.length() && Character.isDigit(line.charAt(end))) {
            end++;
        }
        return Long.parseLong(line.substring(0, end));
    }

    /** Takes a layer's lock when nobody else has it. */
    Optional<Lock> tryLock(LayerId id) {
        return locks.tryExclusive(LOCK, id.value());
    }

    /** Takes a layer, whose lock the caller holds, out of its place; what is left is to be removed. */
    Optional<Path> detach(LayerId id) {
        Path temporary = temporary(id);
        sizes.remove(id);
        try {
            Files.move(paths.layer(id), temporary, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(temporary);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StoreFailures.of("remove the layer " + paths.layer(id), e);
        }
    }

    /** Removes a tree, if it is there, that was to become a layer and is not wanted any more. */
    public void discard(Path tree) {
        removal.remove(tree);
    }

    /** Removes what {@link #detach} left. */
    void remove(Path detached) {
        removal.remove(detached);
    }

    /** Removes unfinished trees that nobody works on: who does holds the layer's lock. */
    void sweep() {
        for (String name : names()) {
            LayerId id = idOfTemporary(name);
            if (id != null) {
                try (Lock lock = tryLock(id).orElse(null)) {
                    if (lock != null) {
                        removal.remove(paths.layersDirectory().resolve(name));
                    }
                }
            }
        }
    }

    private Path temporary(LayerId id) {
        String unique = ProcessHandle.current().pid() + "-"
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
        return paths.layersDirectory().resolve(StorePaths.TEMPORARY_PREFIX + id + "-" + unique);
    }

    private static LayerId idOfTemporary(String name) {
        String prefix = StorePaths.TEMPORARY_PREFIX;
        int end = prefix.length() + LayerId.DIGITS;
        if (!name.startsWith(prefix) || name.length() < end) {
            return null;
        }
        String id = name.substring(prefix.length(), end);
        if (!LayerId.isValid(id)) {
            return null;
        }
        return name.startsWith(LayerId.UNSHIFTED + "-", end) ? new LayerId(id).unshifted() : new LayerId(id);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(paths.layersDirectory())) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw StoreFailures.of("list the layers in " + paths.layersDirectory(), e);
        }
        return names;
    }
}

package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The read-only trees that images are stacked of. */
public final class LayerStore {

    private static final String LOCK = "layer";

    private final StorePaths paths;
    private final Locks locks;
    private final CommandRunner runner;
    private final TreeRemoval removal;
    private final ScatteredDirectory directory;
    private final LayerSizes sizes;

    /** Opens the layers of a store. */
    public LayerStore(StorePaths paths, Locks locks, CommandRunner runner) {
        this.paths = paths;
        this.locks = locks;
        this.runner = runner;
        this.removal = new TreeRemoval(runner);
        this.directory = new ScatteredDirectory(runner);
        this.sizes = new LayerSizes(paths, runner);
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
    public Path ensure(LayerId id, LayerContent content) {
        if (!contains(id)) {
            try (LayerBatch batch = batch(List.of(id))) {
                batch.fill(id, content);
                batch.commit();
            }
        }
        return paths.layer(id);
    }

    /** Begins to make those of these layers, each above the one before it, that are missing. */
    public LayerBatch batch(List<LayerId> stack) {
        return LayerBatch.of(this, stack);
    }

    Lock lock(LayerId id) {
        return locks.exclusive(LOCK, id.value());
    }

    /** Makes an empty directory for a layer that is to be made. */
    Path makeTemporary(LayerId id) {
        Path temporary = temporary(id);
        try {
            return Files.createDirectory(createDirectory().resolve(temporary.getFileName()));
        } catch (IOException e) {
            throw StoreFailures.of("make the directory " + temporary, e);
        }
    }

    /** Makes the directory of the layers when it is missing. */
    public Path createDirectory() throws IOException {
        directory.create(paths.layersDirectory());
        return paths.layersDirectory();
    }

    /** Brings finished trees to their places; the caller has the locks, and they are on the disk. */
    void take(Map<LayerId, Path> trees) {
        try {
            for (Map.Entry<LayerId, Path> tree : trees.entrySet()) {
                Files.move(tree.getValue(), paths.layer(tree.getKey()), StandardCopyOption.ATOMIC_MOVE);
            }
            AtomicFiles.flush(paths.layersDirectory());
        } catch (IOException e) {
            throw StoreFailures.of("keep layers in " + paths.layersDirectory(), e);
        }
    }

    /** Brings trees to the disk with one syncfs(2): a layer that a power cut has emptied would look complete. */
    void settle(Collection<Path> trees) {
        runner.run(Command.of("sync", "-f", trees.iterator().next().toString()));
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
        return sizes.of(id);
    }

    LayerSizes sizes() {
        return sizes;
    }

    /** Takes a layer's lock when nobody else has it. */
    Optional<Lock> tryLock(LayerId id) {
        return locks.tryExclusive(LOCK, id.value());
    }

    /** Takes a layer, whose lock the caller holds, out of its place; what is left is to be removed. */
    Optional<Path> detach(LayerId id) {
        Path temporary = temporary(id);
        sizes.forget(id);
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

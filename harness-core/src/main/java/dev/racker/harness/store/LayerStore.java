package dev.racker.harness.store;

import dev.racker.harness.process.CommandRunner;
import java.nio.file.Path;
import java.util.List;

/** The read-only trees that images are stacked of. */
public final class LayerStore {

    private final StorePaths paths;
    private final Locks locks;
    private final CommandRunner runner;

    /** Opens the layers of a store. */
    public LayerStore(StorePaths paths, Locks locks, CommandRunner runner) {
        this.paths = paths;
        this.locks = locks;
        this.runner = runner;
    }

    /** Says whether the layer is there, complete. */
    public boolean contains(LayerId id) {
        throw new UnsupportedOperationException(paths + " " + locks + " " + runner);
    }

    /** Where the layer is, or would be. */
    public Path path(LayerId id) {
        return paths.layer(id);
    }

    /**
     * Gives the tree of a layer, and makes it first when it is missing: once, whoever else asks at the same time, and
     * beside its place, so that it is there whole or not at all.
     */
    public Path ensure(LayerId id, LayerContent content) {
        throw new UnsupportedOperationException();
    }

    /** All complete layers, in no particular order. */
    public List<LayerId> list() {
        throw new UnsupportedOperationException();
    }

    /** Removes a layer; says whether it was there. The caller knows that nobody uses it. */
    public boolean delete(LayerId id) {
        throw new UnsupportedOperationException();
    }

    /** The bytes that the layer takes on disk. */
    public long size(LayerId id) {
        throw new UnsupportedOperationException();
    }
}

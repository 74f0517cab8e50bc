package dev.racker.harness.store;

import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers that come into the store together, brought to disk with one flush for all of them. Each is made beside its
 * place, so that it is there whole or not at all; closing the batch removes what was not committed.
 *
 * <p>Nobody else makes these layers meanwhile. Two batches never wait for each other in a circle as long as layers that
 * they have in common come in the same order, as those of a stack do.
 */
public final class LayerBatch implements AutoCloseable {

    private final LayerStore layers;
    private final List<Lock> locks = new ArrayList<>();
    private final Map<LayerId, Path> trees = new LinkedHashMap<>();
    private final Map<LayerId, Path> present = new LinkedHashMap<>();
    private RunningCommand measuring;
    private RunningCommand measuringMade;

    private LayerBatch(LayerStore layers) {
        this.layers = layers;
    }

    /** Waits for whoever makes one of these layers, and keeps the locks of those that are missing then. */
    static LayerBatch of(LayerStore layers, List<LayerId> ids) {
        LayerBatch batch = new LayerBatch(layers);
        try {
            ids.forEach(batch::begin);
            batch.measurePresent();
            return batch;
        } catch (RuntimeException | Error e) {
            try (batch) {
                throw e;
            }
        }
    }

    private void begin(LayerId id) {
        if (trees.containsKey(id)) {
            return;
        }
        if (!layers.contains(id)) {
            locks.add(layers.lock(id));
        }
        if (layers.contains(id)) {
            present.put(id, layers.path(id));
        } else {
            trees.put(id, layers.makeTemporary(id));
        }
    }

    /** Whoever has made a stack asks next what it takes; what is known does not have to be measured. */
    private void measurePresent() {
        present.keySet().removeIf(layers.sizes()::isKnown);
        if (!present.isEmpty()) {
            measuring = layers.sizes().measure(present.values());
        }
    }

    /** Where the layer is, or until {@link #commit()} is made. */
    public Path tree(LayerId id) {
        Path tree = trees.get(id);
        return tree == null ? layers.path(id) : tree;
    }

    /**
     * Has the tree of a layer made, unless the store has it; several threads may do so for several layers. What
     * {@code content} throws is thrown on.
     */
    public void fill(LayerId id, LayerContent content) {
        Path tree = trees.get(id);
        if (tree == null) {
            return;
        }
        try {
            content.fill(tree);
        } catch (IOException e) {
            throw StoreFailures.of("make the layer " + layers.path(id), e);
        }
    }

    /** Says whether the layer is not there yet, and has to be made. */
    public boolean isMissing(LayerId id) {
        return trees.containsKey(id);
    }

    /** Begins to measure what was made, beside what is still to be done to it that takes no room. */
    public void measure() {
        if (!trees.isEmpty() && measuringMade == null) {
            measuringMade = layers.sizes().measure(trees.values());
        }
    }

    /** Brings what was made to disk, and then into the store. */
    public void commit() {
        if (!trees.isEmpty()) {
            measure();
            layers.settle(trees.values());
            layers.take(trees);
            layers.sizes().keep(trees.keySet(), measuringMade.await());
            trees.clear();
        }
        if (measuring != null) {
            layers.sizes().keep(present.keySet(), measuring.await());
        }
    }

    @Override
    @SuppressWarnings("try") // what was measured for nobody is only ended
    public void close() {
        try (RunningCommand abandoned = measuring;
                RunningCommand alsoAbandoned = measuringMade) {
            trees.values().forEach(layers::discard);
        } finally {
            locks.forEach(Lock::close);
        }
    }
}

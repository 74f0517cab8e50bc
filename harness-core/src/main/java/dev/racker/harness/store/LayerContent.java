package dev.racker.harness.store;

import java.io.IOException;
import java.nio.file.Path;

/** Fills the directory of a new layer. */
@FunctionalInterface
public interface LayerContent {

    /** Puts the layer's tree into an empty directory; after a failure what is there is removed. */
    void fill(Path directory) throws IOException;
}

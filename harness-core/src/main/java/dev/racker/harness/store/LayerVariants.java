package dev.racker.harness.store;

import dev.racker.harness.process.CommandRunner;
import java.io.InputStream;

/** Makes the variants of layers whose owners on disk are the owners inside, when they are first asked for. */
public final class LayerVariants {

    private final LayerStore layers;
    private final TarSource source;
    private final TarExtractor extractor;

    /** Makes variants in this store. */
    public LayerVariants(LayerStore layers, CommandRunner runner) {
        this.layers = layers;
        this.source = new TarSource(runner);
        this.extractor =
                new TarExtractor(runner).content(TarExtractor.Content.OVERLAY).source(IdMapping.SHIFTED);
    }

    /** Makes the variant of a layer for a mapping, when it is not there, of the shifted one, which must be. */
    public void ensure(LayerId id, IdMapping mapping) {
        if (id.mapping().equals(mapping) && id.isUnshifted()) {
            layers.ensure(id, directory -> {
                try (InputStream tar = source.open(layers.path(id.shifted()))) {
                    extractor.extract(tar, directory, mapping);
                }
            });
        }
    }
}

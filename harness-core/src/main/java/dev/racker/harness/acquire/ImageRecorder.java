package dev.racker.harness.acquire;

import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.StackLookup;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Turns what a source has brought into an image of the store. */
final class ImageRecorder {

    private final Store store;
    private final OpaqueMarks marks;

    ImageRecorder(Store store, CommandRunner runner) {
        this.store = store;
        this.marks = new OpaqueMarks(runner);
    }

    /**
     * Looks what the image is, and records it in place of what had the name before.
     *
     * @param provisioned whether the image wants something done to it though it has its init already; asked only then
     */
    StoredImage record(String name, Acquired acquired, BooleanSupplier provisioned) throws IOException {
        List<Path> trees = new ArrayList<>();
        long size = 0;
        for (LayerId layer : acquired.layers()) {
            trees.add(store.layers().path(layer));
            size += store.layers().size(layer);
        }
        BootProbe probe = new BootProbe(new StackLookup(trees, marks.remembered()));
        Boot boot = probe.boot();
        StoredImage image = new StoredImage(
                name,
                acquired.reference(),
                acquired.digest(),
                acquired.created(),
                Instant.now(),
                size,
                acquired.layers(),
                acquired.config(),
                acquired.source(),
                acquired.platform(),
                probe.family(),
                boot == Boot.NATIVE && provisioned.getAsBoolean() ? Boot.PENDING : boot,
                null);
        String refName = OciLayout.refName(name);
        if (acquired.manifest() != null) {
            store.oci().putEntry(refName, acquired.manifest());
        }
        store.images().put(image);
        if (acquired.manifest() == null) {
            store.oci().removeEntry(refName);
        }
        return image;
    }
}

package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.FileSizes;
import dev.racker.harness.store.LayerId;
import java.util.HashMap;
import java.util.Map;

/** How much room containers take: what they have written, and the layers below that they share with others. */
final class ContainerSizes {

    private final Harness harness;
    private final Map<LayerId, Long> layers = new HashMap<>();

    ContainerSizes(Harness harness) {
        this.harness = harness;
    }

    /** Bytes that a container has written. */
    long written(ContainerRecord record) {
        return FileSizes.below(harness.containers().place(record).container().resolve("upper"));
    }

    /** Bytes of the layers that it stands on. */
    long shared(ContainerRecord record) {
        long sum = 0;
        for (LayerId layer : record.layers()) {
            sum += layers.computeIfAbsent(layer, harness.store().layers()::size);
        }
        return sum;
    }

    /** {@code 12kB (virtual 124MB)}. */
    String text(ContainerRecord record) {
        long written = written(record);
        return ByteSize.text(written) + " (virtual " + ByteSize.text(written + shared(record)) + ")";
    }
}

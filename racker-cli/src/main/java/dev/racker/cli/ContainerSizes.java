package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.LayerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How much room containers take: what they have written, and the layers below that they share with others. */
final class ContainerSizes {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Harness harness;
    private final CommandRunner runner;
    private final Map<LayerId, Long> layers = new HashMap<>();

    ContainerSizes(Harness harness, CommandRunner runner) {
        this.harness = harness;
        this.runner = runner;
    }

    /** Bytes that a container has written. */
    long written(ContainerRecord record) {
        Path upper = harness.containers().place(record).container().resolve("upper");
        return Files.isDirectory(upper) ? measure(upper) : 0;
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

    /** The files' own sizes; directories count for what they take, as du(1) has it. */
    private long measure(Path directory) {
        String line = runner.run(Command.of(
                                "du", "--summarize", "--block-size=1", "--one-file-system", "--", directory.toString())
                        .expectAny() // what is removed meanwhile makes it complain
                        .timeout(PATIENCE))
                .text();
        int tab = line.indexOf('\t');
        return tab < 0 ? 0 : Long.parseLong(line.substring(0, tab));
    }
}

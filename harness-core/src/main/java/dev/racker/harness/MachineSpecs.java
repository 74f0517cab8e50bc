package dev.racker.harness;

import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.ContainerStore;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StorePaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the machine of a container is like, from what is written down about the container; the same at each start. */
final class MachineSpecs {

    private final StorePaths paths;
    private final ContainerStore containers;
    private final UnbootedPayload unbooted;

    MachineSpecs(Store store, CommandRunner runner) {
        this.paths = store.paths();
        this.containers = store.containers();
        this.unbooted = new UnbootedPayload(store.paths().toolboxes(), runner);
    }

    /** The options that a container was made with. */
    ContainerOptions options(ContainerRecord record) {
        return ContainerOptionsJson.read(containers.config(record), record.name(), record.ephemeral(), record.labels());
    }

    /** The machine of a container; a payload that is not booted is not fitted to the image. */
    MachineSpec of(ContainerRecord record, ContainerOptions options) {
        String machine = MachineNames.machine(record.name(), record.shortId());
        String hostname = options.hostname().isEmpty() ? machine : options.hostname();
        return new MachineSpec(
                record.shortId(),
                machine,
                hostname,
                stack(record, options),
                place(record),
                options.isolation(),
                options.binds(),
                options.tmpfs(),
                options.limits(),
                options.boots()
                        ? Optional.empty()
                        : Optional.of(options.process().direct(hostname)));
    }

    /** The machine of a container that is about to be started. */
    MachineSpec starting(ContainerRecord record, ContainerOptions options) {
        MachineSpec spec = of(record, options).withEachDevice();
        return spec.boots() ? spec : spec.with(unbooted.fit(spec.payload().orElseThrow(), spec.stack()));
    }

    /** Where the machine of a container keeps its files. */
    MachinePlace place(ContainerRecord record) {
        return new MachinePlace(
                paths.machineRun(record.shortId()),
                containers.directory(record),
                paths.containerName(record.name()),
                paths.bootFailures(),
                record.ephemeral());
    }

    private LayerStack stack(ContainerRecord record, ContainerOptions options) {
        Path directory = containers.directory(record);
        List<Path> lower = new ArrayList<>(record.layers().size());
        for (LayerId layer : record.layers()) {
            lower.add(paths.layer(layer));
        }
        return new LayerStack(
                lower,
                directory.resolve("upper"),
                directory.resolve("work"),
                record.ephemeral(),
                options.hostUsers() ? 0 : IdMapping.SHIFTED.hostStart());
    }
}

package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.overlay.WritableLayer;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.ContainerStore;
import dev.racker.harness.store.GarbageCollector;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.LayerVariants;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.time.Instant;
import java.util.List;

/** Makes containers of images: a record, what it takes to start it, and a writable layer. */
final class ContainerMaker {

    private static final List<String> MOUNT_POINTS = List.of("dev", "proc", "run", "sys");

    private final GarbageCollector garbage;
    private final LayerStore layers;
    private final ContainerStore containers;
    private final ContainerMounts mounts;
    private final CommandRunner runner;

    ContainerMaker(Store store, ContainerMounts mounts, CommandRunner runner) {
        this.garbage = store.garbage();
        this.layers = store.layers();
        this.containers = store.containers();
        this.mounts = mounts;
        this.runner = runner;
    }

    /** What is going to be written down about a container. */
    ContainerRecord record(String id, ImageReference reference, StoredImage image, ContainerOptions options) {
        boolean named = !options.name().isEmpty();
        return new ContainerRecord(
                id,
                named ? options.name() : MachineNames.generated(reference, id, containers::isTaken),
                image.name(),
                layers(image, options),
                options.process().arguments(),
                Instant.now(),
                options.ephemeral(),
                options.labels());
    }

    /**
     * Makes the container and its volumes; its lock is the caller's.
     *
     * @throws dev.racker.harness.store.NameInUseException when another container has the name
     */
    void make(ContainerRecord record, MachineSpec spec, ContainerOptions options, ImageConfig image) {
        create(record, ContainerOptionsJson.write(options));
        WritableLayer layer = new WritableLayer(spec.stack());
        layer.create();
        if (!spec.boots()) {
            layer.directory("usr"); // systemd-nspawn takes a tree without it for no operating system's
        }
        if (spec.isolation().readOnly()) {
            MOUNT_POINTS.forEach(layer::directory); // systemd-nspawn cannot make them there
        }
        GuestIdentity.writeOnce(layer, spec);
        mounts.create(record, options.mounts(), image.volumes(), spec.stack());
    }

    /** Under a pin, so that no collection takes a layer between the look and the record that names it. */
    @SuppressWarnings("try") // the pin is only held
    private void create(ContainerRecord record, byte[] options) {
        try (Lock pin = garbage.pin()) {
            for (LayerId layer : record.layers()) {
                if (!layers.contains(layer)) {
                    throw new HarnessException(
                            "Tried to use image " + record.image() + ", but its layer " + layer.value() + " is gone.",
                            "Pull it again: racker pull " + record.image());
                }
            }
            containers.create(record, options);
        }
    }

    private List<LayerId> layers(StoredImage image, ContainerOptions options) {
        IdMapping mapping = options.hostUsers() ? IdMapping.IDENTITY : IdMapping.SHIFTED;
        List<LayerId> ids = image.stack(mapping);
        if (options.hostUsers()) {
            ids.forEach(id -> new LayerVariants(layers, runner).ensure(id, mapping));
        }
        return ids;
    }
}

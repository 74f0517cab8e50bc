package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.DirectPayload;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.MachineLauncher;
import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.machine.PayloadMachine;
import dev.racker.harness.machine.PayloadStreams;
import dev.racker.harness.network.Attachment;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.network.NetworkOptions;
import dev.racker.harness.network.Networks;
import dev.racker.harness.overlay.LayerStack;
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
import dev.racker.harness.store.NameInUseException;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StorePaths;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes containers of images and starts their machines. */
public final class ContainerLauncher {

    private final StorePaths paths;
    private final Claims claims;
    private final GarbageCollector garbage;
    private final LayerStore layers;
    private final ContainerStore containers;
    private final Networks networks;
    private final MachineLauncher machines;
    private final Leftovers leftovers;
    private final CommandRunner runner;

    ContainerLauncher(
            Store store, Networks networks, MachineLauncher machines, Leftovers leftovers, CommandRunner runner) {
        this.paths = store.paths();
        this.claims = new Claims(store);
        this.garbage = store.garbage();
        this.layers = store.layers();
        this.containers = store.containers();
        this.networks = networks;
        this.machines = machines;
        this.leftovers = leftovers;
        this.runner = runner;
    }

    /**
     * Makes a container of an image and boots it.
     *
     * @param reference by which the image was asked for; the container's name tells it
     * @throws dev.racker.harness.machine.BootFailedException when its machine does not become ready
     * @throws dev.racker.harness.store.NameInUseException when another container has the name asked for
     */
    public Container launch(ImageReference reference, StoredImage image, ContainerOptions options) {
        return start(reference, image, options, Optional.empty(), made -> {
            Machine machine = machines.launch(made.spec(), made.network(), options.bootTimeout());
            return new Container(made.record(), containers, machine, made.lock());
        });
    }

    /**
     * Makes a container of an image and runs a payload as its only process, without booting it.
     *
     * @param reference by which the image was asked for; the container's name tells it
     * @throws HarnessException when the image lacks what it takes to run as the payload's user
     * @throws dev.racker.harness.store.NameInUseException when another container has the name asked for
     */
    public PayloadContainer run(
            ImageReference reference,
            StoredImage image,
            ContainerOptions options,
            DirectPayload payload,
            PayloadStreams streams) {
        return start(reference, image, options, Optional.of(payload), made -> {
            PayloadMachine machine = machines.launchPayload(made.spec(), made.network(), streams);
            return new PayloadContainer(made.record(), containers, machine, made.lock());
        });
    }

    /** What a machine needs before it can be started. */
    private record Made(ContainerRecord record, MachineSpec spec, Attachment network, Lock lock) {}

    private <T> T start(
            ImageReference reference,
            StoredImage image,
            ContainerOptions options,
            Optional<DirectPayload> payload,
            Function<Made, T> starter) {
        String id = ContainerIds.next();
        Lock lock = claims.await(id);
        try {
            ContainerRecord record = record(id, reference, image, options);
            MachineSpec spec = spec(record, options, payload);
            runDirectory(spec.place().run());
            try {
                return start(make(record, spec, options, lock), starter);
            } catch (RuntimeException | Error failure) {
                discard(record, spec, failure);
                throw failure;
            }
        } catch (RuntimeException | Error failure) {
            lock.close();
            throw failure;
        }
    }

    private static <T> T start(Made made, Function<Made, T> starter) {
        try {
            return starter.apply(made);
        } catch (RuntimeException | Error failure) {
            closeAfter(failure, made.network());
            throw failure;
        }
    }

    private static void closeAfter(Throwable failure, Attachment network) {
        try {
            network.close(); // a machine that was started has done that
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private ContainerRecord record(String id, ImageReference reference, StoredImage image, ContainerOptions options) {
        boolean named = !options.name().isEmpty();
        if (named) {
            MachineNames.check(options.name());
        }
        String name = named ? options.name() : MachineNames.generated(reference, id);
        return new ContainerRecord(
                id,
                name,
                image.name(),
                layers(image, options),
                options.command(),
                Instant.now(),
                options.ephemeral(),
                -1);
    }

    private Made make(ContainerRecord record, MachineSpec spec, ContainerOptions options, Lock lock) {
        create(record);
        machines.prepare(spec);
        WritableLayer layer = new WritableLayer(spec.stack());
        layer.create();
        if (!spec.boots()) {
            layer.directory("usr"); // systemd-nspawn takes a tree without it for no operating system's
        }
        Attachment network =
                networks.prepare(options.network(), record.id(), new NetworkOptions(spec.hostname(), options.dns()));
        try {
            GuestIdentity.write(layer, spec, network);
        } catch (RuntimeException | Error failure) {
            closeAfter(failure, network);
            throw failure;
        }
        return new Made(record, spec, network, lock);
    }

    /** Under a pin, so that no collection takes a layer between the look and the record that names it. */
    @SuppressWarnings("try") // the pin is only held
    private void create(ContainerRecord record) {
        try (Lock pin = garbage.pin()) {
            for (LayerId layer : record.layers()) {
                if (!layers.contains(layer)) {
                    throw new HarnessException(
                            "Tried to use image " + record.image() + ", but its layer " + layer.value() + " is gone.",
                            "Pull it again: racker pull " + record.image());
                }
            }
            containers.create(record);
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

    private MachineSpec spec(ContainerRecord record, ContainerOptions options, Optional<DirectPayload> payload) {
        Path directory = containers.directory(record);
        List<Path> lower = new ArrayList<>(record.layers().size());
        for (LayerId layer : record.layers()) {
            lower.add(paths.layer(layer));
        }
        LayerStack stack = new LayerStack(
                lower,
                directory.resolve("upper"),
                directory.resolve("work"),
                record.ephemeral(),
                options.hostUsers() ? 0 : IdMapping.SHIFTED.hostStart());
        MachinePlace place = new MachinePlace(
                paths.machineRun(record.id()),
                directory,
                paths.containerName(record.name()),
                paths.bootFailures(),
                record.ephemeral());
        String machine = MachineNames.machine(record.name(), record.id());
        return new MachineSpec(
                record.id(),
                machine,
                options.hostname().isEmpty() ? machine : options.hostname(),
                stack,
                place,
                new Isolation(options.network() != NetworkMode.HOST, options.privileged()),
                options.binds(),
                options.tmpfs(),
                payload.map(wanted -> UnbootedPayload.of(wanted, lower, record.image())));
    }

    private static void runDirectory(Path run) {
        try {
            Files.createDirectories(run);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to create " + run + ", but: " + e.getMessage() + ".",
                    "Check the permissions and the free space of that file system.",
                    e);
        }
    }

    private void discard(ContainerRecord record, MachineSpec spec, Throwable failure) {
        try {
            leftovers.remove(spec.place().run());
            if (record.ephemeral() && !(failure instanceof NameInUseException)) {
                containers.remove(record);
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}

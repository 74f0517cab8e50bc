package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Finds the files of containers, whether they run or not. */
final class ContainerViews {

    private final Store store;
    private final Claims claims;
    private final HeldRoot held;

    ContainerViews(Store store, CommandRunner runner) {
        this.store = store;
        this.claims = new Claims(store);
        this.held = new HeldRoot(runner);
    }

    /** The layers that a container's root is made of. */
    LayerStack stack(ContainerRecord container) {
        List<Path> lower = new ArrayList<>();
        boolean shifted = true;
        for (LayerId layer : container.layers()) {
            lower.add(store.paths().layer(layer));
            shifted = !layer.isUnshifted();
        }
        Path directory = store.containers().directory(container);
        return new LayerStack(
                lower,
                directory.resolve("upper"),
                directory.resolve("work"),
                container.ephemeral(),
                shifted ? IdMapping.SHIFTED.hostStart() : 0);
    }

    /** Says whether its machine runs. */
    boolean isRunning(ContainerRecord container) {
        return process(container, "leader").isPresent();
    }

    /** What a container sees: everything that is mounted in it while it runs, only its layers otherwise. */
    ContainerView seen(ContainerRecord container) {
        OptionalLong leader = process(container, "leader");
        return leader.isPresent()
                ? view(container, leader.getAsLong(), Path.of("/proc/" + leader.getAsLong() + "/root"))
                : held(container);
    }

    /** Its layers alone, without anything that is mounted in it. */
    ContainerView layers(ContainerRecord container) {
        OptionalLong leader = process(container, "leader");
        OptionalLong supervisor = process(container, "supervisor");
        if (leader.isEmpty() || supervisor.isEmpty()) {
            return held(container);
        }
        Path root = store.paths().machineRun(container.shortId()).resolve("root");
        return view(container, leader.getAsLong(), Path.of("/proc/" + supervisor.getAsLong() + "/root" + root));
    }

    private ContainerView view(ContainerRecord container, long leader, Path root) {
        return new ContainerView(root, stack(container).owners() == 0 ? 0 : leader, () -> {});
    }

    private ContainerView held(ContainerRecord container) {
        Lock lock = claims.claim(container.shortId())
                .orElseThrow(() -> new HarnessException(
                        "Tried to look at the files of container " + container.name()
                                + ", but it is just being started, stopped or removed.",
                        "Try again in a moment."));
        try {
            ContainerView view = held.open(mountable(stack(container)));
            return new ContainerView(view.root(), view.users(), () -> {
                try (lock) {
                    view.close();
                }
            });
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static LayerStack mountable(LayerStack stack) {
        try {
            Files.createDirectories(stack.work());
        } catch (IOException e) {
            throw new HarnessException("Tried to create " + stack.work() + ", but: " + e.getMessage() + ".", null, e);
        }
        return stack;
    }

    private OptionalLong process(ContainerRecord container, String file) {
        Path run = store.paths().machineRun(container.shortId());
        Path path = run.resolve(file);
        if (!Leftovers.isSupervised(run)) {
            return OptionalLong.empty(); // what is written there may be another process by now
        }
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(path).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return OptionalLong.empty(); // it does not run, or not yet
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + path + ", but: " + e.getMessage() + ".", null, e);
        }
    }
}

package dev.racker.harness.distribution;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.DirectPayload;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.MachineLauncher;
import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.overlay.WritableLayer;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs commands in images, and what they write becomes a layer above. */
final class LayerWork {

    private final Store store;
    private final MachineLauncher machines;
    private final String resolvConf;

    LayerWork(Store store, MachineLauncher machines, String resolvConf) {
        this.store = store;
        this.machines = machines;
        this.resolvConf = resolvConf;
    }

    /**
     * How a command ended.
     *
     * @param status its exit status
     * @param said all that it wrote
     */
    record Result(int status, String said) {}

    /**
     * Runs a command in a machine that boots nothing.
     *
     * @param directory the layer that is made, empty so far
     * @param image what is below it
     * @param id of the container that the work is done in; its lock is the caller's
     */
    Result run(Path directory, StoredImage image, String id, List<String> command) throws IOException {
        Path run = store.paths().machineRun(id);
        Path container = store.paths().ephemeralContainer(id);
        Files.createDirectories(run);
        Files.createDirectories(container);
        MachineSpec spec = spec(directory, image, id, command);
        machines.prepare(spec);
        WritableLayer layer = new WritableLayer(spec.stack());
        layer.prepare();
        layer.write("etc", "resolv.conf", resolvConf);
        Path log = container.resolve("provision.log");
        Output output = Output.append(log);
        // Open from the start: the file goes with the container, and is wanted when the work has failed.
        try (RandomAccessFile said = new RandomAccessFile(log.toFile(), "rw");
                RunningCommand machine = machines.runPayload(spec, output, output)) {
            int status = machine.await().status();
            byte[] bytes = new byte[(int) said.length()];
            said.readFully(bytes);
            Files.deleteIfExists(directory.resolve("etc/resolv.conf"));
            return new Result(status, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private MachineSpec spec(Path directory, StoredImage image, String id, List<String> command) {
        List<Path> lower = new ArrayList<>();
        for (LayerId layer : image.layers()) {
            lower.add(store.paths().layer(layer));
        }
        Path container = store.paths().ephemeralContainer(id);
        LayerStack stack =
                new LayerStack(lower, directory, container.resolve("work"), false, IdMapping.SHIFTED.hostStart());
        return new MachineSpec(
                id,
                "postroj-provision-" + id,
                "provision",
                stack,
                new MachinePlace(
                        store.paths().machineRun(id),
                        container,
                        store.paths().containerName("provision-" + id),
                        store.paths().bootFailures(),
                        true),
                Isolation.of(false, false),
                List.of(),
                List.of(),
                Limits.none(),
                Optional.of(DirectPayload.of(command)));
    }

    /** A script that comes with this program. */
    static String script(String name) {
        try (InputStream resource = LayerWork.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + name + " of this program, but it is damaged.", null, e);
        }
    }
}

package dev.racker.harness.distribution;

import dev.racker.harness.acquire.CuratedRelease.Provisioning;
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
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes images bootable: installs their init with their own package manager, as a layer of its own. */
public final class Provisioner {

    /**
     * The special treatments that a release may name, with what comes after the colon where there is one.
     *
     * <ul>
     *   <li>{@code archived-mirror}: the release has left the mirrors; its package manager is pointed to the archive
     *   <li>{@code dated-mirror:YYYY-MM-DD}: Arch Linux as it was on a day
     *   <li>{@code no-download-sandbox}: pacman 7 fetches without the sandbox that fails in many containers
     * </ul>
     */
    public static final List<String> QUIRKS =
            List.of("archived-mirror", "dated-mirror:YYYY-MM-DD", "no-download-sandbox");

    private static final String SCRIPT = "provision.sh";
    private static final int LAST_LINES = 15;

    private final Store store;
    private final MachineLauncher machines;
    private final String resolvConf;

    /** Takes the store, what starts machines, and the resolver configuration that is used while packages install. */
    public Provisioner(Store store, MachineLauncher machines, String resolvConf) {
        this.store = store;
        this.machines = machines;
        this.resolvConf = resolvConf;
    }

    /**
     * Gives an image its boot layer and records it; the layer is made once for all images with the same layers.
     *
     * @param id of the container that the work is done in; its lock is the caller's
     * @param needs what this release needs
     * @throws HarnessException when the package manager fails; its last lines are in the message
     */
    @SuppressWarnings("try") // the task is only held
    public StoredImage provision(StoredImage image, String id, Provisioning needs, Progress progress) {
        List<String> command = command(needs);
        LayerId layer = LayerId.ofRecipe("boot\n" + image.layers() + "\n" + command);
        store.layers().ensure(layer, directory -> {
            try (Progress.Task task = progress.begin("Installing systemd in " + image.name(), -1)) {
                fill(directory, image, id, command);
                task.finish();
            }
        });
        StoredImage bootable = image.withBoot(Boot.LAYER, layer);
        store.images().put(bootable);
        return bootable;
    }

    /** Says whether {@link #QUIRKS} has this one, and its value is of the right form. */
    public static boolean knows(String quirk) {
        for (String known : QUIRKS) {
            int colon = known.indexOf(':');
            if (colon < 0 ? quirk.equals(known) : quirk.startsWith(known.substring(0, colon + 1)) && isDate(quirk)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDate(String quirk) {
        try {
            LocalDate.parse(quirk.substring(quirk.indexOf(':') + 1));
            return true;
        } catch (DateTimeParseException e) {
            return false; // which is what was asked
        }
    }

    /** What runs in the image. */
    static List<String> command(Provisioning needs) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script() + "\nprovision \"$@\"\n", SCRIPT));
        for (String quirk : needs.quirks()) {
            command.add("--quirk");
            command.add(quirk);
        }
        command.addAll(needs.packages());
        return command;
    }

    private void fill(Path directory, StoredImage image, String id, List<String> command) throws IOException {
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
            if (status != 0) {
                byte[] bytes = new byte[(int) said.length()];
                said.readFully(bytes);
                throw failure(image, status, new String(bytes, StandardCharsets.UTF_8));
            }
        }
        Files.deleteIfExists(directory.resolve("etc/resolv.conf"));
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

    private static HarnessException failure(StoredImage image, int status, String said) {
        String[] lines = said.split("\n");
        StringBuilder text = new StringBuilder("Tried to install systemd in " + image.name()
                + " to make it bootable, but its package manager ended with exit status " + status + ":");
        for (int i = Math.max(0, lines.length - LAST_LINES); i < lines.length; i++) {
            text.append("\n  ").append(lines[i].stripTrailing());
        }
        return new HarnessException(
                text.toString(), "Check that this host reaches the image's package mirrors, or use another image.");
    }

    static String script() {
        try (InputStream resource = Provisioner.class.getResourceAsStream(SCRIPT)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + SCRIPT + " of this program, but it is damaged.", null, e);
        }
    }
}

package dev.racker.harness.distribution;

import dev.racker.harness.acquire.CuratedRelease.Provisioning;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.MachineLauncher;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

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
    private final LayerWork work;

    /** Takes the store, what starts machines, and the resolver configuration that is used while packages install. */
    public Provisioner(Store store, MachineLauncher machines, String resolvConf) {
        this.store = store;
        this.work = new LayerWork(store, machines, resolvConf);
    }

    /**
     * Gives an image its boot layer; the layer is made once for all images with the same layers.
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
        return image.withBoot(Boot.LAYER, layer);
    }

    /**
     * Spares the machines of an image with an init what systemd does at the boot after an update, by a layer in which that
     * is done; the layer is made once for all images with the same layers.
     *
     * @param id of the container that the work is done in; its lock is the caller's
     */
    public StoredImage update(StoredImage image, String id) {
        return new UpdateDone(store, work).apply(image, id);
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
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", script() + "\nprovision \"$@\"\nupdate_done || true\n", SCRIPT));
        for (String quirk : needs.quirks()) {
            command.add("--quirk");
            command.add(quirk);
        }
        command.addAll(needs.packages());
        return command;
    }

    private void fill(Path directory, StoredImage image, String id, List<String> command) throws IOException {
        LayerWork.Result result = work.run(directory, image, id, command);
        if (result.status() != 0) {
            throw failure(image, result.status(), result.said());
        }
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
        return LayerWork.script(SCRIPT) + LayerWork.script(UpdateDone.SCRIPT);
    }
}

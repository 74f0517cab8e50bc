package dev.racker.harness.distribution;

import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Does once for an image that has its init what systemd does at the boot after an update, as a layer of its own.
 *
 * <p>An image is always newer than its marks of the last update, if it has any, so each of its machines would do it at
 * each boot; see {@code ConditionNeedsUpdate=} in systemd.unit(5).
 */
final class UpdateDone {

    static final String SCRIPT = "update-done.sh";

    private final Store store;
    private final LayerWork work;

    UpdateDone(Store store, LayerWork work) {
        this.store = store;
        this.work = work;
    }

    /**
     * Gives an image the layer; it is made once for all images with the same layers, and is empty when the image's
     * programs fail, which its boots then find out as well.
     *
     * @param id of the container that the work is done in; its lock is the caller's
     */
    StoredImage apply(StoredImage image, String id) {
        List<String> command = List.of("/bin/sh", "-c", LayerWork.script(SCRIPT) + "\nupdate_done\n", SCRIPT);
        LayerId layer = LayerId.ofRecipe("update\n" + image.layers() + "\n" + command);
        try {
            store.layers().ensure(layer, directory -> fill(directory, image, id, command));
        } catch (UpdateFailedException e) {
            store.layers().ensure(layer, directory -> {});
        }
        return image.withBoot(Boot.NATIVE, layer);
    }

    private void fill(Path directory, StoredImage image, String id, List<String> command) throws IOException {
        if (work.run(directory, image, id, command).status() != 0) {
            throw new UpdateFailedException();
        }
    }

    private static final class UpdateFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}

package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.StackLookup;
import dev.racker.harness.store.TarExtractor;
import dev.racker.harness.store.TarSource;
import dev.racker.harness.store.Volume;
import dev.racker.harness.store.VolumeStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies what an image has at a place into the empty volume that is mounted there, with owner and mode of the place. */
final class VolumeFiller {

    /**
     * Mounts layers where nobody else sees it, and runs the rest of its arguments when they show a directory: base, options,
     * mount point, directory, program. Otherwise the archive is empty. mount(2) is asked for because fsconfig(2) limits an
     * option string to 256 bytes.
     */
    private static final String MERGED =
            "cd \"$1\" && LIBMOUNT_FORCE_MOUNT2=always mount -t overlay -o \"$2\" racker \"$3\""
                    + " || exit; [ -d \"$4\" ] || exec tar --create --file=- --files-from=/dev/null; shift 4; exec \"$@\"";

    private final VolumeStore volumes;
    private final CommandRunner runner;

    VolumeFiller(VolumeStore volumes, CommandRunner runner) {
        this.volumes = volumes;
        this.runner = runner;
    }

    /** Fills a volume from the layers below a container's writable one; nothing when they have no directory there. */
    void fill(Volume volume, LayerStack stack, String target) {
        List<Path> lower = stack.lower();
        // Without asking for opaque marks: at worst, a directory that is hidden is looked for, and tar does not find
        // it.
        Optional<Path> found = new StackLookup(lower, directory -> false).find(target);
        if (found.isEmpty() || !Files.isDirectory(found.get())) {
            return;
        }
        Path content = volumes.content(volume);
        IdMapping source = stack.owners() == 0 ? IdMapping.IDENTITY : IdMapping.SHIFTED;
        try (InputStream tar = open(stack, inside(lower, found.get()), content)) {
            new TarExtractor(runner)
                    .content(TarExtractor.Content.ROOT_FILE_SYSTEM)
                    .source(source)
                    .extract(tar, content, IdMapping.IDENTITY);
        } catch (IOException e) {
            throw failed(volume, target, e);
        } catch (RuntimeException e) {
            volumes.empty(volume);
            throw e;
        }
    }

    private InputStream open(LayerStack stack, Path inside, Path mountPoint) {
        TarSource source = new TarSource(runner);
        List<Path> lower = stack.lower();
        if (lower.size() == 1) {
            return source.open(lower.get(0).resolve(inside));
        }
        // The volume's own directory is the mount point: in that namespace nobody needs it.
        List<String> prefix = new ArrayList<>(List.of("unshare", "--mount", "/bin/sh", "-c", MERGED, "sh"));
        prefix.add(stack.base().toString());
        prefix.add(LayerStack.lowerOptions(stack.base(), lower));
        prefix.add(mountPoint.toString());
        prefix.add(mountPoint.resolve(inside).toString());
        return source.open(mountPoint.resolve(inside), prefix);
    }

    /** The path of a directory in its layer, which is its path inside. */
    private static Path inside(List<Path> lower, Path found) {
        for (Path layer : lower) {
            if (found.startsWith(layer)) {
                return layer.relativize(found);
            }
        }
        throw new IllegalArgumentException(found.toString());
    }

    private static HarnessException failed(Volume volume, String target, IOException cause) {
        return new HarnessException(
                "Tried to fill volume " + volume.name() + " from " + target + " of the image, but: "
                        + cause.getMessage() + ".",
                null,
                cause);
    }
}

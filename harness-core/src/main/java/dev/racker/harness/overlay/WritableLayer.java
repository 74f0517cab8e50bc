package dev.racker.harness.overlay;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Prepares the writable layer of a stack before it is mounted, and puts files of ours into it. */
public final class WritableLayer {

    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final LayerStack stack;

    /** Takes the stack whose writable layer is prepared. */
    public WritableLayer(LayerStack stack) {
        this.stack = stack;
    }

    /**
     * Creates the upper and the work directory; the upper one gets the owner and mode that the root directory has in
     * the topmost layer, because an overlay shows those of its upper directory.
     */
    public void create() {
        try {
            Files.createDirectory(stack.upper());
        } catch (IOException e) {
            throw failed(stack.upper(), e);
        }
        prepare();
    }

    /** Does the same with an upper directory that is there. */
    public void prepare() {
        try {
            Files.createDirectory(stack.work());
            adopt("", stack.upper());
        } catch (IOException e) {
            throw failed(stack.upper(), e);
        }
    }

    /**
     * Makes sure that there is a directory right below the root.
     *
     * @param name such as {@code usr}
     */
    public void directory(String name) {
        Path path = stack.upper().resolve(name);
        try {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(path);
                adopt(name, path);
            }
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /**
     * Makes sure that there is something to mount on, when no link is on the way: systemd-nspawn makes what is missing,
     * but as nobody's.
     *
     * @param target an absolute path inside
     * @param isDirectory whether it is to be a directory or a file
     */
    public void mountPoint(String target, boolean isDirectory) {
        StringBuilder name = new StringBuilder();
        String[] parts = Path.of(target).normalize().toString().substring(1).split("/");
        try {
            for (int i = 0; i < parts.length; i++) {
                name.append(i == 0 ? "" : "/").append(parts[i]);
                boolean last = i == parts.length - 1;
                Optional<Path> existing = topmost(name.toString());
                Path upper = stack.upper().resolve(name.toString());
                if (existing.isPresent() && !Files.isDirectory(existing.get(), LinkOption.NOFOLLOW_LINKS)) {
                    return;
                }
                if (last && existing.isEmpty() && !isDirectory) {
                    Files.createFile(upper);
                    own(upper, stack.owners(), stack.owners(), FILE_MODE);
                } else if (existing.isEmpty() || !last && !existing.get().equals(upper)) {
                    Files.createDirectory(upper);
                    adopt(name.toString(), upper);
                }
            }
        } catch (IOException e) {
            throw failed(stack.upper().resolve(name.toString()), e);
        }
    }

    private Optional<Path> topmost(String name) {
        Path upper = stack.upper().resolve(name);
        if (Files.exists(upper, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(upper);
        }
        for (int i = stack.lower().size() - 1; i >= 0; i--) {
            Path below = stack.lower().get(i).resolve(name);
            if (Files.exists(below, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(below);
            }
        }
        return Optional.empty();
    }

    /**
     * Puts a text file into a directory right below the root, replacing whatever the layers below have there.
     *
     * @param directory the name of a directory of the root, such as {@code etc}
     * @param name the name of the file in it
     */
    public void write(String directory, String name, String text) {
        Path parent = stack.upper().resolve(directory);
        Path file = parent.resolve(name);
        directory(directory);
        try {
            Files.deleteIfExists(file);
            Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            own(file, stack.owners(), stack.owners(), FILE_MODE);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void adopt(String name, Path directory) throws IOException {
        for (int i = stack.lower().size() - 1; i >= 0; i--) {
            Path below = stack.lower().get(i).resolve(name);
            if (Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS)) {
                own(
                        directory,
                        (Integer) Files.getAttribute(below, "unix:uid"),
                        (Integer) Files.getAttribute(below, "unix:gid"),
                        (Integer) Files.getAttribute(below, "unix:mode") & 07777);
                return;
            }
        }
        own(directory, stack.owners(), stack.owners(), DIRECTORY_MODE);
    }

    private static void own(Path path, int uid, int gid, int mode) throws IOException {
        Files.setAttribute(path, "unix:uid", uid);
        Files.setAttribute(path, "unix:gid", gid);
        Files.setAttribute(path, "unix:mode", mode);
    }

    private static HarnessException failed(Path path, IOException cause) {
        return new HarnessException(
                "Tried to prepare the writable layer at " + path + ", but: " + cause.getMessage() + ".",
                "Check the free space and the permissions of that file system.",
                cause);
    }
}

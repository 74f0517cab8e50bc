package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A device of the host that is seen inside a machine.
 *
 * @param source the device node on the host, or a directory that stands for all below it
 * @param target the absolute path inside
 * @param access letters of {@code rwm}: read, write, mknod
 */
public record Device(Path source, String target, String access) {

    private static final String ALL = "rwm";

    /** Directories below /dev that each machine has its own of. */
    private static final List<String> MACHINES_OWN = List.of("pts", "shm", "fd", "mqueue");

    /**
     * Reads docker's form {@code HOST[:CONTAINER][:rwm]}.
     *
     * @throws HarnessException when it is not understood
     */
    public static Device parse(String text) {
        String[] parts = text.split(":", -1);
        String source = parts[0];
        String access = parts[parts.length - 1];
        boolean named = parts.length > 1 && isAccess(access);
        if (!named) {
            access = ALL;
        }
        String target = parts.length > (named ? 2 : 1) ? parts[1] : source;
        if (parts.length > (named ? 3 : 2) || !isPath(source) || !isPath(target)) {
            throw new HarnessException(
                    "Tried to read --device \"" + text + "\", but it is not understood.",
                    "Write HOST, HOST:CONTAINER or HOST:CONTAINER:rwm with absolute paths, such as /dev/fuse.");
        }
        return new Device(Path.of(source), target, access);
    }

    /**
     * This device, or, when that is a directory, each one below it, as docker does.
     *
     * @throws HarnessException when there is none
     */
    List<Device> each() {
        if (!Files.isDirectory(source)) {
            return List.of(this);
        }
        List<Device> all = new ArrayList<>();
        collect(source, Path.of(target), all);
        if (all.isEmpty()) {
            throw new HarnessException(
                    "Tried to use the devices in \"" + source + "\", but there are none.", "See the names in /dev.");
        }
        return all;
    }

    private void collect(Path directory, Path place, List<Device> all) {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            List<Path> sorted = new ArrayList<>();
            children.forEach(sorted::add);
            Collections.sort(sorted);
            for (Path child : sorted) {
                Path inside = place.resolve(child.getFileName());
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    if (!MACHINES_OWN.contains(child.getFileName().toString())) {
                        collect(child, inside, all);
                    }
                } else if (DeviceNode.isDevice(child)
                        && !child.getFileName().toString().equals("console")) {
                    all.add(new Device(child, inside.toString(), access));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new HarnessException(
                    "Tried to use the devices in \"" + directory + "\", but: " + e.getMessage() + ".", null, e);
        }
    }

    private static boolean isPath(String path) {
        return path.startsWith("/") && path.length() > 1;
    }

    private static boolean isAccess(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (ALL.indexOf(text.charAt(i)) < 0 || text.indexOf(text.charAt(i)) != i) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** What is not allowed; making nodes is, for the supervisor and systemd-nspawn, and no node allows more than this. */
    String denied() {
        return (access.indexOf('r') < 0 ? "r" : "") + (access.indexOf('w') < 0 ? "w" : "");
    }

    /** Inverts {@link #parse}. */
    @Override
    public String toString() {
        return source + ":" + target + ":" + access;
    }
}

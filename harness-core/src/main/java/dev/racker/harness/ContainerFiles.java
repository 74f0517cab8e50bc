package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.evidence.ContainerDiff;
import dev.racker.harness.machine.Mount;
import dev.racker.harness.machine.Toolbox;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Copies files into and out of containers, whether they run or not, by docker's rules, with modes, times, links, holes
 * and attributes.
 *
 * <p>Links inside are followed inside. Nothing of the container is executed.
 */
public final class ContainerFiles {

    private final ContainerViews views;
    private final ContainerMounts mounts;
    private final TarPipe tar;
    private final ContainerDiff diff;
    private final Path toolboxes;

    /**
     * How files are copied.
     *
     * @param owners whether they keep their owners; otherwise they are root's inside, and the caller's outside
     * @param follow whether a link that is to be copied is followed
     */
    public record Mode(boolean owners, boolean follow) {}

    ContainerFiles(Store store, ContainerMounts mounts) {
        CommandRunner runner = mounts.runner();
        this.views = new ContainerViews(store, runner);
        this.mounts = mounts;
        this.tar = new TarPipe(runner);
        this.toolboxes = store.paths().toolboxes();
        this.diff = new ContainerDiff(runner);
    }

    /** A directory or file in a container, and what it is reached by; closing it lets go of the container. */
    private record Place(ContainerView view, GuestPath path) implements AutoCloseable {
        @Override
        public void close() {
            view.close();
        }
    }

    private Place place(ContainerRecord container, String path, boolean follow) {
        ContainerView view = views.seen(container);
        try {
            GuestPath found = GuestPath.resolve(view.root(), path, follow);
            if (!views.isRunning(container)) {
                for (Mount mount : mounts.of(container).mounts()) {
                    if (mount.kind() != Mount.Kind.TMPFS
                            && Path.of(found.absolute()).startsWith(mount.target())) {
                        return mounted(view, mount, found, follow);
                    }
                }
            }
            return new Place(view, found);
        } catch (RuntimeException e) {
            view.close();
            throw e;
        }
    }

    /** Of a container that does not run nothing is mounted, but what would be is known; its owners are those inside. */
    private Place mounted(ContainerView view, Mount mount, GuestPath found, boolean follow) {
        Path source = mounts.source(mount);
        if (!Files.isDirectory(source)) {
            throw new HarnessException(
                    "Tried to reach " + found.absolute() + ", but " + source + " of the host is mounted there.",
                    "Copy that file itself.");
        }
        String below =
                Path.of(mount.target()).relativize(Path.of(found.absolute())).toString();
        return new Place(new ContainerView(source, 0, view.hold()), GuestPath.resolve(source, below, follow));
    }

    /**
     * Copies something of the host to a path in a container.
     *
     * @throws HarnessException when docker's rules forbid it, or it cannot be done
     */
    public void copyIn(Path source, String sourceText, ContainerRecord container, String destination, Mode mode) {
        boolean contentOnly = isContentOnly(sourceText);
        boolean follow = mode.follow() || contentOnly || sourceText.endsWith("/") || sourceText.endsWith("..");
        LinkOption[] options = follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        if (!Files.exists(source, options)) {
            throw new HarnessException(
                    "Tried to copy \"" + sourceText + "\", but: no such file or directory.", "Check the path.");
        }
        Path real = follow ? real(source) : real(parent(source)).resolve(source.getFileName());
        boolean isDirectory = Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS);
        requireDirectory(sourceText, isDirectory);
        String name = isDirectory && source.getFileName() == null ? "" : lastName(source);
        try (Place place = place(container, destination, true)) {
            CopyTarget target = CopyTarget.of(
                    new CopyTarget.Source(name, isDirectory, contentOnly || name.isEmpty()),
                    destination(destination, place.path()));
            String directory =
                    target.intoIt() ? place.path().relative() : place.path().parent();
            boolean wholeDirectory = target.name().isEmpty() || real.getFileName() == null;
            Command pack = Command.of(TarPipe.pack(
                    (wholeDirectory ? real : real.getParent()).toString(),
                    wholeDirectory ? "." : lastName(real),
                    target.name(),
                    !mode.owners()));
            tar.run(
                    pack,
                    confined(place.view(), TarPipe.unpack(directory, true)),
                    "copy \"" + sourceText + "\" to " + container.name() + ":" + destination);
        }
    }

    /** Unpacks a tar archive from standard input into a directory of a container, which must be there. */
    public void unpack(ContainerRecord container, String destination) {
        try (Place place = place(container, destination, true)) {
            if (!place.path().isDirectory()) {
                throw new HarnessException(
                        "Tried to unpack into " + container.name() + ":" + destination + ", but destination \""
                                + container.name() + ":" + destination + "\" must be a directory.",
                        "Create it first.");
            }
            tar.run(
                    confined(place.view(), TarPipe.unpack(place.path().relative(), true)),
                    Input.inherit(),
                    Output.discard(),
                    "unpack into " + container.name() + ":" + destination);
        }
    }

    /**
     * Copies something of a container to a path of the host.
     *
     * @throws HarnessException when docker's rules forbid it, or it cannot be done
     */
    public void copyOut(ContainerRecord container, String path, Path destination, String destinationText, Mode mode) {
        try (Place place = existing(container, path, mode)) {
            CopyTarget target =
                    CopyTarget.of(source(path, place.path()), hostDestination(destination, destinationText));
            Path directory = target.intoIt() ? destination : parent(destination);
            tar.run(
                    confined(place.view(), packing(place.path(), target.name())),
                    Command.of(TarPipe.unpack(directory.toString(), mode.owners())),
                    "copy " + container.name() + ":" + path + " to \"" + destinationText + "\"");
        }
    }

    /** Writes a tar archive of something of a container to standard output. */
    public void pack(ContainerRecord container, String path, Mode mode) {
        try (Place place = existing(container, path, mode)) {
            CopyTarget.Source source = source(path, place.path());
            tar.run(
                    confined(place.view(), packing(place.path(), source.contentOnly() ? "" : source.name())),
                    Input.none(),
                    Output.inherit(),
                    "copy " + container.name() + ":" + path);
        }
    }

    private static List<String> packing(GuestPath path, String name) {
        boolean whole = name.isEmpty() || path.names().isEmpty();
        return TarPipe.pack(whole ? path.relative() : path.parent(), whole ? "." : path.name(), name, false);
    }

    private Place existing(ContainerRecord container, String path, Mode mode) {
        Place place = place(container, path, mode.follow() || path.endsWith("/") || isContentOnly(path));
        if (place.path().exists()) {
            try {
                requireDirectory(path, place.path().isDirectory());
            } catch (HarnessException failure) {
                place.close();
                throw failure;
            }
            return place;
        }
        place.close();
        throw new HarnessException(
                "Tried to copy " + container.name() + ":" + path + ", but: Could not find the file " + path
                        + " in container " + container.name() + ".",
                "Look for it: racker " + (views.isRunning(container) ? "exec " : "export ") + container.name()
                        + (views.isRunning(container) ? " ls" : " | tar t"));
    }

    /**
     * Writes a tar archive of everything in a container, but of nothing that is mounted in it.
     *
     * @param out where to
     */
    public void export(ContainerRecord container, Output out) {
        try (ContainerView view = views.layers(container)) {
            List<String> names = new ArrayList<>();
            try (DirectoryStream<Path> children =
                    Files.newDirectoryStream(view.root().resolve("."))) {
                children.forEach(child -> names.add("./" + child.getFileName()));
            } catch (IOException e) {
                throw new HarnessException(
                        "Tried to export container " + container.name() + ", but: " + e.getMessage() + ".", null, e);
            }
            names.sort(null);
            List<String> command = TarPipe.pack(".", "", "", false);
            command.remove(command.size() - 1);
            command.addAll(names);
            tar.run(confined(view, command), Input.none(), out, "export container " + container.name());
        }
    }

    /** What has changed since the container was made, by path; without the files that tell it who it is. */
    public SortedMap<String, ContainerDiff.Kind> diff(ContainerRecord container) {
        return diff.read(views.stack(container), GuestIdentity.FILES);
    }

    private Command confined(ContainerView view, List<String> program) {
        return new ConfinedTar(Toolbox.of(toolboxes, mounts.runner())).command(view, program);
    }

    /** Whoever ends a path with a slash says that it is a directory. */
    private static void requireDirectory(String path, boolean isDirectory) {
        if (!isDirectory && (path.endsWith("/") || isContentOnly(path))) {
            throw new HarnessException(
                    "Tried to copy \"" + path + "\", but: not a directory.", "Leave out what stands behind its name.");
        }
    }

    private static boolean isContentOnly(String path) {
        return path.endsWith("/.") || path.equals(".");
    }

    private static CopyTarget.Source source(String text, GuestPath path) {
        String name = path.names().isEmpty() ? "" : lastGivenName(text, path);
        return new CopyTarget.Source(name, path.isDirectory(), isContentOnly(text) || name.isEmpty());
    }

    /** A link that was followed keeps the name it was asked for by. */
    private static String lastGivenName(String text, GuestPath path) {
        Path given = Path.of("/").resolve(text).normalize();
        return given.getFileName() == null ? path.name() : given.getFileName().toString();
    }

    private static CopyTarget.Destination destination(String text, GuestPath path) {
        return new CopyTarget.Destination(text, path.name(), path.exists(), path.isDirectory(), path.parentExists());
    }

    private static CopyTarget.Destination hostDestination(Path path, String text) {
        boolean isDirectory = Files.isDirectory(path);
        String name = path.getFileName() == null ? "" : lastName(path);
        return new CopyTarget.Destination(
                text,
                name,
                Files.exists(path, LinkOption.NOFOLLOW_LINKS),
                isDirectory,
                Files.isDirectory(parent(path)));
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private static String lastName(Path path) {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (NotDirectoryException e) {
            throw new HarnessException("Tried to copy \"" + path + "\", but it is not a directory.", null, e);
        } catch (IOException e) {
            throw new HarnessException("Tried to copy \"" + path + "\", but: " + e.getMessage() + ".", null, e);
        }
    }
}

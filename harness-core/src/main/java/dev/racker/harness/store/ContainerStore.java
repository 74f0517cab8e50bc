package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The containers of a store: a directory with a record for each, and a link from each name to its directory. */
public final class ContainerStore {

    private static final String RECORD = "container.json";
    private static final String CONFIG = "config.json";

    private final StorePaths paths;
    private final TreeRemoval trees;

    /** Opens the containers of a store. */
    public ContainerStore(StorePaths paths, CommandRunner runner) {
        this.paths = paths;
        this.trees = new TreeRemoval(runner);
    }

    /** Where a container is: those that are removed with their machine have a place of their own. */
    public Path directory(ContainerRecord record) {
        return record.ephemeral() ? paths.ephemeralContainer(record.shortId()) : paths.container(record.shortId());
    }

    /**
     * Makes the directory of a container, reserves its name, and writes its record.
     *
     * @param config what it takes to start it, as a JSON document of whoever starts it
     * @throws NameInUseException when another container has the name
     */
    public void create(ContainerRecord record, byte[] config) {
        Path directory = directory(record);
        Path link = paths.containerName(record.name());
        try {
            Files.createDirectories(link.getParent());
            Files.createDirectories(directory.getParent());
            Files.createDirectory(directory);
            Files.write(directory.resolve(CONFIG), config);
            Files.write(directory.resolve(RECORD), record.toJson());
            reserve(link, target(link, directory));
        } catch (NameInUseException e) {
            trees.remove(directory);
            throw e;
        } catch (IOException e) {
            throw StoreFailures.of("create container " + record.name(), e);
        }
    }

    private static Path target(Path link, Path directory) {
        return link.getParent().relativize(directory);
    }

    private static void reserve(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (FileAlreadyExistsException e) {
            if (Files.exists(link)) {
                throw new NameInUseException(
                        link.getFileName().toString(),
                        Files.readSymbolicLink(link).getFileName().toString());
            }
            // A name whose container is gone: whoever removed that was killed in between.
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, target);
        }
    }

    /** Removes what a killed process left of containers that {@code abandoned} says nobody is using. */
    public void sweep(Predicate<String> abandoned) {
        for (Path directory : directories(paths.ephemeralContainers())) {
            if (abandoned.test(directory.getFileName().toString())) {
                trees.remove(directory);
            }
        }
        for (Path directory : directories(paths.containers())) {
            boolean unfinished = !Files.exists(directory.resolve(RECORD));
            if (unfinished && abandoned.test(directory.getFileName().toString())) {
                trees.remove(directory);
            }
        }
        for (Path link : directories(paths.containerNames())) {
            if (!Files.exists(link)) {
                trees.remove(link);
            }
        }
    }

    private static List<Path> directories(Path parent) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            children.forEach(found::add);
        } catch (NoSuchFileException e) {
            return found; // nothing was ever made there
        } catch (IOException e) {
            throw StoreFailures.of("list " + parent, e);
        }
        return found;
    }

    /** What it takes to start a container, as {@link #create} was given it. */
    public byte[] config(ContainerRecord record) {
        try {
            return Files.readAllBytes(directory(record).resolve(CONFIG));
        } catch (IOException e) {
            throw StoreFailures.of("read the configuration of container " + record.name(), e);
        }
    }

    /** Writes what it takes to start a container again, whole or not at all. */
    public void configure(ContainerRecord record, byte[] config) {
        AtomicFiles.write(directory(record).resolve(CONFIG), config);
    }

    /** Writes down what a container of this id and name that is there already is used for now. */
    public void adopt(ContainerRecord record, byte[] config) {
        Path directory = directory(record);
        try {
            replace(directory, CONFIG, config);
            replace(directory, RECORD, record.toJson());
        } catch (IOException e) {
            throw StoreFailures.of("take container " + record.name(), e);
        }
    }

    /** Whole for whoever reads it, but not flushed: the container does not outlive the host. */
    private static void replace(Path directory, String name, byte[] content) throws IOException {
        Path unfinished = directory.resolve(name + ".new");
        Files.write(unfinished, content);
        Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Gives a container another name, and gives that record.
     *
     * @throws NameInUseException when another container has the name
     */
    public ContainerRecord rename(ContainerRecord record, String name) {
        ContainerRecord renamed = record.renamed(name);
        Path directory = directory(record);
        Path link = paths.containerName(name);
        try {
            reserve(link, target(link, directory));
            AtomicFiles.write(directory.resolve(RECORD), renamed.toJson());
            release(record, directory);
            return renamed;
        } catch (IOException e) {
            throw StoreFailures.of("rename container " + record.name() + " to " + name, e);
        }
    }

    /** Removes a container that has no machine, and its name, unless that is another container's by now. */
    public void remove(ContainerRecord record) {
        Path directory = directory(record);
        try {
            release(record, directory);
            trees.remove(directory);
        } catch (IOException e) {
            throw StoreFailures.of("remove container " + record.name(), e);
        }
    }

    /** The name goes first, and only while it leads here: once the directory is gone, another may take it. */
    private void release(ContainerRecord record, Path directory) throws IOException {
        Path link = paths.containerName(record.name());
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target(link, directory))) {
            Files.deleteIfExists(link);
        }
    }

    /** Says whether a container has this name. */
    public boolean isTaken(String name) {
        return Files.isSymbolicLink(paths.containerName(name));
    }

    /** Finds a container by its name, its id, or the beginning of its id when that fits only one. */
    public Optional<ContainerRecord> find(String nameOrId) {
        if (nameOrId.isEmpty() || nameOrId.indexOf('/') >= 0 || nameOrId.startsWith(".")) {
            return Optional.empty();
        }
        Optional<ContainerRecord> named = read(paths.containerName(nameOrId).resolve(RECORD));
        if (named.isPresent()) {
            return named;
        }
        ContainerRecord found = null;
        for (ContainerRecord record : list()) {
            if (record.id().equals(nameOrId)) {
                return Optional.of(record);
            }
            if (record.id().startsWith(nameOrId)) {
                if (found != null) {
                    throw new HarnessException(
                            "Tried to find container \"" + nameOrId + "\", but several ids begin so.",
                            "Give more of the id, or the name.");
                }
                found = record;
            }
        }
        return Optional.ofNullable(found);
    }

    /** All containers, in the order of their making, except those that are being made or removed at this moment. */
    public List<ContainerRecord> list() {
        List<ContainerRecord> records = new ArrayList<>();
        read(paths.containers(), records);
        read(paths.ephemeralContainers(), records);
        records.sort(Comparator.comparing(ContainerRecord::created));
        return records;
    }

    private static void read(Path directory, List<ContainerRecord> records) {
        for (Path container : directories(directory)) {
            read(container.resolve(RECORD)).ifPresent(records::add);
        }
    }

    private static Optional<ContainerRecord> read(Path file) {
        try {
            return Optional.of(ContainerRecord.fromJson(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedJsonException | IOException e) {
            throw new HarnessException(
                    "Tried to read the record of a container, " + file + ", but: " + e.getMessage() + ".",
                    "Remove " + file.getParent() + " when nothing runs in it.",
                    e);
        }
    }

    /** The layers that some container stands on. */
    public Set<LayerId> layersInUse() {
        Set<LayerId> layers = new HashSet<>();
        for (ContainerRecord record : list()) {
            layers.addAll(record.layers());
        }
        return layers;
    }
}

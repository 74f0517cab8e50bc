package dev.racker.harness.store;

import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The volumes of a store: a directory with a record and the content for each. Owners are on disk as machines see them,
 * so that machines with and without a user namespace may share a volume.
 */
public final class VolumeStore {

    private static final String LOCK = "volume";

    private final StorePaths paths;
    private final Locks locks;
    private final TreeRemoval trees;

    /** Opens the volumes of a store. */
    public VolumeStore(StorePaths paths, Locks locks, CommandRunner runner) {
        this.paths = paths;
        this.locks = locks;
        this.trees = new TreeRemoval(runner);
    }

    /** Waits until nobody else makes, fills or removes the volume. */
    public Lock lock(String name) {
        return locks.exclusive(LOCK, name);
    }

    /** Finds a volume by its name. */
    public Optional<Volume> find(String name) {
        if (!VolumeNames.isValid(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Volume.fromJson(Files.readAllBytes(paths.volumeRecord(name))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedJsonException e) {
            throw damaged(name, e.problem(), e);
        } catch (IOException e) {
            throw damaged(name, StoreFailures.reason(e), e);
        }
    }

    private DamagedRecordException damaged(String name, String problem, Exception cause) {
        Path file = paths.volumeRecord(name);
        return new DamagedRecordException(
                file,
                name,
                problem,
                "Save what is in " + paths.volumeContent(name) + ", and remove " + file.getParent(),
                cause);
    }

    /**
     * Gets a volume by its name.
     *
     * @throws NoSuchVolumeException when there is none
     */
    public Volume get(String name) {
        return find(name).orElseThrow(() -> new NoSuchVolumeException(name));
    }

    /** All volumes, by name. */
    public List<Volume> list() {
        List<Volume> volumes = new ArrayList<>();
        for (Path directory : children(paths.volumes())) {
            String name = directory.getFileName().toString();
            if (!name.startsWith(StorePaths.TEMPORARY_PREFIX)) {
                find(name).ifPresent(volumes::add);
            }
        }
        volumes.sort(Comparator.comparing(Volume::name));
        return volumes;
    }

    /**
     * Makes a volume, whole or not at all, unless it is there already; the caller holds its {@link #lock}.
     *
     * @throws dev.racker.harness.error.HarnessException when no volume can have that name
     */
    public Volume ensure(String name, Map<String, String> options, Map<String, String> labels) {
        VolumeNames.check(name);
        Optional<Volume> existing = find(name);
        if (existing.isPresent()) {
            return existing.get();
        }
        Volume volume = new Volume(name, options, labels, Instant.now());
        Path temporary = temporary();
        try {
            Files.createDirectories(temporary);
            Files.createDirectory(temporary.resolve(paths.volumeContent(name).getFileName()));
            Files.setAttribute(temporary.resolve(paths.volumeContent(name).getFileName()), "unix:mode", 0755);
            AtomicFiles.write(temporary.resolve(paths.volumeRecord(name).getFileName()), volume.toJson());
            Files.move(temporary, paths.volume(name), StandardCopyOption.ATOMIC_MOVE);
            AtomicFiles.flush(paths.volumes());
        } catch (IOException e) {
            trees.remove(temporary);
            throw StoreFailures.of("create volume " + name, e);
        }
        return volume;
    }

    /** Removes a volume that nobody uses, and says whether it was there; the caller holds its {@link #lock}. */
    public boolean remove(String name) {
        Path temporary = temporary();
        try {
            Files.move(paths.volume(name), temporary, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return false; // somebody else has
        } catch (IOException e) {
            throw StoreFailures.of("remove volume " + name, e);
        }
        trees.remove(temporary);
        return true;
    }

    /** Where the content of a volume is, which for one with a device is not in the store. */
    public Path content(Volume volume) {
        String device = volume.options().get("device");
        return device == null ? paths.volumeContent(volume.name()) : Path.of(device);
    }

    /** Where docker would say that a volume is. */
    public Path mountPoint(Volume volume) {
        return paths.volumeContent(volume.name());
    }

    /** The bytes that the files of a volume hold in the store. */
    public long size(Volume volume) {
        return FileSizes.below(paths.volumeContent(volume.name()));
    }

    /** Empties the content of a volume, after filling it has failed. */
    public void empty(Volume volume) {
        for (Path child : children(paths.volumeContent(volume.name()))) {
            trees.remove(child);
        }
    }

    /** Says whether there is nothing in a volume. */
    public boolean isEmpty(Volume volume) {
        return children(content(volume)).isEmpty();
    }

    /** Removes what a killed process left half made or half removed. */
    public void sweep() {
        for (Path directory : children(paths.volumes())) {
            String name = directory.getFileName().toString();
            if (name.startsWith(StorePaths.TEMPORARY_PREFIX) && !isAlive(name)) {
                trees.remove(directory);
            }
        }
    }

    /** Notes volumes that are to go when a container has gone that is removed with its machine. */
    public void noteEphemeral(String container, List<String> names) {
        AtomicFiles.write(
                paths.ephemeralVolumes().resolve(container),
                String.join("\n", names).getBytes(StandardCharsets.US_ASCII));
    }

    /** The containers that such volumes were noted for. */
    public List<String> ephemeralOwners() {
        List<String> owners = new ArrayList<>();
        for (Path file : children(paths.ephemeralVolumes())) {
            String name = file.getFileName().toString();
            if (!name.startsWith(StorePaths.TEMPORARY_PREFIX)) {
                owners.add(name);
            }
        }
        return owners;
    }

    /** What was noted for a container. */
    public List<String> ephemeral(String container) {
        try {
            return Files.readAllLines(paths.ephemeralVolumes().resolve(container));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw StoreFailures.of("read which volumes container " + container + " had", e);
        }
    }

    /** Forgets what was noted for a container. */
    public void forgetEphemeral(String container) {
        try {
            Files.deleteIfExists(paths.ephemeralVolumes().resolve(container));
        } catch (IOException e) {
            throw StoreFailures.of("forget which volumes container " + container + " had", e);
        }
    }

    private Path temporary() {
        return paths.volumes()
                .resolve(StorePaths.TEMPORARY_PREFIX + ProcessHandle.current().pid() + "-"
                        + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    }

    private static boolean isAlive(String temporary) {
        int start = StorePaths.TEMPORARY_PREFIX.length();
        int end = temporary.indexOf('-', start);
        return end > start
                && ProcessHandle.of(Long.parseLong(temporary.substring(start, end)))
                        .isPresent();
    }

    private static List<Path> children(Path directory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException e) {
            return found; // nothing was ever made there
        } catch (IOException e) {
            throw StoreFailures.of("list " + directory, e);
        }
        return found;
    }
}

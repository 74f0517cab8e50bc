package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.NoSuchVolumeException;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.Volume;
import dev.racker.harness.store.VolumeNames;
import dev.racker.harness.store.VolumeStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The volumes of this host, and which containers use them. */
public final class Volumes {

    private final VolumeStore volumes;
    private final ContainerMounts mounts;

    Volumes(Store store, ContainerMounts mounts) {
        this.volumes = store.volumes();
        this.mounts = mounts;
    }

    /** All volumes, by name. */
    public List<Volume> list() {
        return volumes.list();
    }

    /**
     * Gets a volume by its name.
     *
     * @throws NoSuchVolumeException when there is none
     */
    public Volume get(String name) {
        return volumes.get(name);
    }

    /** Where the content of a volume is. */
    public Path mountPoint(Volume volume) {
        return volumes.mountPoint(volume);
    }

    /** The bytes that a volume takes in the store. */
    public long size(Volume volume) {
        return volumes.size(volume);
    }

    /** Says whether some container, running or not, mounts a volume. */
    public boolean isUsed(Volume volume) {
        return !mounts.users(volume.name()).isEmpty();
    }

    /** How many containers, running or not, mount a volume. */
    public int links(Volume volume) {
        return mounts.users(volume.name()).size();
    }

    /**
     * Makes a volume, or gives the one that is there.
     *
     * @param name empty for one that nobody names
     * @param options of docker's driver {@code local}: nothing, or {@code type=none}, {@code o=bind} and {@code device}
     */
    @SuppressWarnings("try") // the lock is only held
    public Volume create(String name, Map<String, String> options, Map<String, String> labels) {
        VolumeOptions.check(options);
        Map<String, String> all = new LinkedHashMap<>(labels);
        if (name.isEmpty()) {
            all.put(Volume.ANONYMOUS, "");
        }
        String given = name.isEmpty() ? VolumeNames.next() : name;
        VolumeNames.check(given);
        try (Lock lock = volumes.lock(given)) {
            return mounts.ensure(given, options, all);
        }
    }

    /**
     * Removes a volume that no container mounts.
     *
     * @throws NoSuchVolumeException when there is none
     */
    @SuppressWarnings("try") // the lock is only held
    public void remove(String name) {
        try (Lock lock = volumes.lock(name)) {
            volumes.get(name);
            List<String> users = new ArrayList<>();
            for (ContainerRecord user : mounts.users(name)) {
                users.add(user.id());
            }
            if (!users.isEmpty()) {
                throw new HarnessException(
                        "Tried to remove volume \"" + name + "\", but volume is in use - " + users + ".",
                        "Remove those containers first, see `racker rm`.");
            }
            mounts.remove(name);
        }
    }

    /** Removes a volume unless some container mounts it by now; says whether it has. */
    @SuppressWarnings("try") // the lock is only held
    public boolean removeUnused(String name) {
        try (Lock lock = volumes.lock(name)) {
            if (!mounts.users(name).isEmpty()) {
                return false;
            }
            mounts.remove(name);
            return true;
        }
    }
}

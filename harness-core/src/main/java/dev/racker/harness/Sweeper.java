package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.OldToolboxes;
import dev.racker.harness.network.Networks;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Removes what processes left that were killed; each command begins with it. */
public final class Sweeper {

    private final Store store;
    private final Claims claims;
    private final Networks networks;
    private final Leftovers leftovers;
    private final ContainerMounts mounts;
    private final OldToolboxes toolboxes;

    Sweeper(Store store, Networks networks, Leftovers leftovers, ContainerMounts mounts) {
        this.store = store;
        this.claims = new Claims(store);
        this.networks = networks;
        this.leftovers = leftovers;
        this.mounts = mounts;
        this.toolboxes = new OldToolboxes(store.paths().toolboxes(), Path.of("/proc"));
    }

    /** Removes machines, containers, networks and unfinished objects whose owner has died. */
    @SuppressWarnings("try") // the lock is only held
    public void sweep() {
        Set<String> living = new HashSet<>();
        for (Path run : machines()) {
            String id = run.getFileName().toString();
            Optional<Lock> lock = claims.claim(id);
            if (lock.isEmpty()) {
                living.add(id);
                continue;
            }
            try (Lock held = lock.get()) {
                leftovers.remove(run);
            }
        }
        store.containers().sweep(id -> !living.contains(id) && !isToBeStarted(id) && claims.isFree(id));
        mounts.sweep(id -> !living.contains(id) && claims.isFree(id));
        networks.sweep(id -> living.contains(id) || !claims.isFree(id)); // one may have come since they were listed
        store.garbage().sweepTemporary();
        toolboxes.remove(store.paths().machines(), living);
    }

    private boolean isToBeStarted(String id) {
        return Files.exists(store.paths().ephemeralContainer(id).resolve(ContainerLife.CREATED));
    }

    private Set<Path> machines() {
        Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> directories =
                Files.newDirectoryStream(store.paths().machines())) {
            directories.forEach(found::add);
        } catch (NoSuchFileException e) {
            return found; // no machine was started since the host was
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to list " + store.paths().machines() + ", but: " + e.getMessage() + ".", null, e);
        }
        return found;
    }
}

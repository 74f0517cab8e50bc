package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.StandbyMachine;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machines that wait on this host, whoever has booted them. */
final class StandbyPool {

    private final Store store;
    private final StandbySettings settings;

    StandbyPool(Store store) {
        this.store = store;
        this.settings = new StandbySettings(store);
    }

    StandbySettings settings() {
        return settings;
    }

    /** Those that wait at this moment, the oldest first; not those that still boot, and none whose supervisor has died. */
    List<Standby> list() {
        List<Standby> waiting = new ArrayList<>();
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(store.paths().machines())) {
            for (Path run : runs) {
                StandbyMachine.note(run)
                        .filter(note -> Leftovers.isKept(run))
                        .ifPresent(note -> waiting.add(Standby.fromJson(note)));
            }
        } catch (NoSuchFileException e) {
            return waiting; // no machine was started since the host was
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to list " + store.paths().machines() + ", but: " + e.getMessage() + ".", null, e);
        }
        waiting.sort((one, other) -> one.since().compareTo(other.since()));
        return waiting;
    }

    List<Standby> list(String image) {
        List<Standby> waiting = list();
        waiting.removeIf(each -> !each.image().equals(image));
        return waiting;
    }

    /** Ends one that waits, unless somebody claims it first; does not wait for its end. */
    void discard(Standby standby) {
        StandbyMachine.discard(run(standby));
    }

    /** Ends those that wait, unless somebody claims them first, and waits until nothing is left of them. */
    void discard(List<Standby> standbys) {
        standbys.forEach(this::discard);
        for (Standby standby : standbys) {
            if (!isClaimed(standby)) {
                Leftovers.awaitSupervisor(run(standby));
            }
        }
    }

    /** Somebody who was faster has made the container's record his own. */
    private boolean isClaimed(Standby standby) {
        return store.containers()
                .find(standby.id())
                .map(ContainerRecord::created)
                .filter(created -> !created.isBefore(standby.since()))
                .isPresent();
    }

    /** Lets no machine of an image wait any more; returns when nothing is left of those that did. */
    @SuppressWarnings("try") // the lock is only held
    boolean retire(String image) {
        boolean wanted = settings.remove(image);
        try (Lock filling = await(image)) {
            List<Standby> waiting = list(image);
            discard(waiting);
            return wanted || !waiting.isEmpty();
        }
    }

    /** Held by whoever boots machines of an image that are to wait. */
    Lock await(String image) {
        return store.locks().exclusive("standby", image);
    }

    private Path run(Standby standby) {
        return store.paths().machineRun(ContainerRecord.shortId(standby.id()));
    }
}

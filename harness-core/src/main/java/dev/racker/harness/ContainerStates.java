package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.store.ContainerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells how containers are. */
final class ContainerStates {

    private static final int UNSEEN = 255;

    private final MachineSpecs specs;
    private final ContainerLife life;

    ContainerStates(MachineSpecs specs, ContainerLife life) {
        this.specs = specs;
        this.life = life;
    }

    /** How a container is at the moment. */
    ContainerState of(ContainerRecord record) {
        MachinePlace place = specs.place(record);
        boolean running = Leftovers.isSupervised(place.run());
        Optional<Instant> started = life.started(record);
        Optional<Integer> exit = running ? Optional.empty() : life.exitStatus(record);
        return new ContainerState(
                status(record, place, running, started.isPresent()),
                running ? place.readLeader().orElse(0) : 0,
                started,
                exit.isEmpty() ? Optional.empty() : life.ended(record),
                running || started.isEmpty() ? 0 : exit.orElse(UNSEEN),
                life.wasOutOfMemory(record),
                life.restarts(record),
                running ? health(place) : "");
    }

    private ContainerState.Status status(ContainerRecord record, MachinePlace place, boolean running, boolean begun) {
        if (running) {
            return new Freezer(cgroups(place)).isFrozen()
                    ? ContainerState.Status.PAUSED
                    : ContainerState.Status.RUNNING;
        }
        if (life.restarting(record).isPresent()) {
            return ContainerState.Status.RESTARTING;
        }
        return begun ? ContainerState.Status.EXITED : ContainerState.Status.CREATED;
    }

    private static String health(MachinePlace place) {
        try {
            List<String> lines = Files.readAllLines(place.health());
            return lines.isEmpty() ? "" : lines.get(0);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + place.health() + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** The control groups of a machine; none before it has any. */
    static List<Path> cgroups(MachinePlace place) {
        List<Path> cgroups = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(place.cgroups())) {
                if (!line.isEmpty()) {
                    cgroups.add(Path.of(line));
                }
            }
        } catch (NoSuchFileException e) {
            return cgroups; // it is about to be made, or has just ended
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + place.cgroups() + ", but: " + e.getMessage() + ".", null, e);
        }
        return cgroups;
    }
}

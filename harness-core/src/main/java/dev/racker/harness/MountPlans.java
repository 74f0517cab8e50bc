package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.machine.Mount;
import dev.racker.harness.machine.MountPlan;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.ContainerStore;
import dev.racker.harness.store.StorePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is mounted in which container: a document in the directory of each container that mounts something. */
final class MountPlans {

    private final ContainerStore containers;

    MountPlans(ContainerStore containers) {
        this.containers = containers;
    }

    MountPlan read(ContainerRecord container) {
        Path file = StorePaths.mounts(containers.directory(container));
        try (JsonReader in = JsonReader.of(Files.readAllBytes(file))) {
            MountPlan plan = MountPlan.none();
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                if (property.equals("mounts")) {
                    plan = MountPlan.read(in);
                } else {
                    in.skip();
                }
            }
            in.end();
            return plan;
        } catch (NoSuchFileException e) {
            return MountPlan.none();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    /** Into a directory that only its maker knows of yet, so it need not be written atomically. */
    void write(ContainerRecord container, MountPlan plan) {
        Path file = StorePaths.mounts(containers.directory(container));
        JsonWriter json = new JsonWriter();
        plan.write(json);
        try {
            Files.write(file, json.toBytes());
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    private static HarnessException failed(String verb, Path file, IOException cause) {
        return new HarnessException(
                "Tried to " + verb + " what a container mounts, " + file + ", but: " + cause.getMessage() + ".",
                "Check the permissions and the free space of that file system.",
                cause);
    }

    /** What a new container gets of another one, asked for as {@code NAME}, {@code NAME:ro} or {@code NAME:rw}. */
    List<Mount> shared(String from) {
        int colon = from.indexOf(':');
        String name = colon < 0 ? from : from.substring(0, colon);
        String mode = colon < 0 ? "" : from.substring(colon + 1);
        if (!mode.isEmpty() && !mode.equals("ro") && !mode.equals("rw") && !mode.equals("z") && !mode.equals("Z")) {
            throw new HarnessException(
                    "Tried to read --volumes-from \"" + from + "\", but \"" + mode + "\" is no mode.",
                    "Write NAME, NAME:ro or NAME:rw.");
        }
        ContainerRecord container = containers
                .find(name)
                .orElseThrow(() -> new HarnessException(
                        "Tried to use the volumes of container \"" + name + "\", but there is no such container.",
                        "See `racker ps -a`."));
        List<Mount> mounts = new ArrayList<>();
        for (Mount mount : read(container).mounts()) {
            if (mount.kind() != Mount.Kind.TMPFS) {
                mounts.add(mount.shared(mode.equals("ro")));
            }
        }
        return mounts;
    }

    List<ContainerRecord> users(String volume) {
        List<ContainerRecord> users = new ArrayList<>();
        for (ContainerRecord container : containers.list()) {
            if (read(container).volumes().contains(volume)) {
                users.add(container);
            }
        }
        return users;
    }
}

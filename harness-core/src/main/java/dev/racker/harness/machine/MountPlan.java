package dev.racker.harness.machine;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is mounted in one container; its volumes have names. At most one thing is mounted at each target.
 *
 * @param mounts in the order in which they were asked for
 */
public record MountPlan(List<Mount> mounts) {

    /** Takes a copy. */
    public MountPlan {
        mounts = List.copyOf(mounts);
    }

    /** Nothing is mounted. */
    public static MountPlan none() {
        return new MountPlan(List.of());
    }

    /** Says whether nothing is mounted. */
    public boolean isEmpty() {
        return mounts.isEmpty();
    }

    /** What is mounted exactly there. */
    public Optional<Mount> at(String target) {
        return mounts.stream().filter(mount -> mount.target().equals(target)).findFirst();
    }

    /** The names of its volumes. */
    public List<String> volumes() {
        List<String> names = new ArrayList<>();
        for (Mount mount : mounts) {
            if (mount.kind() == Mount.Kind.VOLUME) {
                names.add(mount.source());
            }
        }
        return names;
    }

    /** The names of the volumes that were made for this container and go with it. */
    public List<String> anonymousVolumes() {
        List<String> names = new ArrayList<>();
        for (Mount mount : mounts) {
            if (mount.kind() == Mount.Kind.VOLUME && mount.anonymous()) {
                names.add(mount.source());
            }
        }
        return names;
    }

    /** Its file systems in memory. */
    public List<Tmpfs> tmpfs() {
        List<Tmpfs> all = new ArrayList<>();
        for (Mount mount : mounts) {
            if (mount.kind() == Mount.Kind.TMPFS) {
                all.add(new Tmpfs(mount.target(), mount.options()));
            }
        }
        return all;
    }

    /** Writes the object {@code mounts}, with an object in it for each target. */
    public void write(JsonWriter out) {
        out.object("mounts");
        for (Mount mount : mounts) {
            mount.write(out);
        }
        out.endObject();
    }

    /** Reads the value of what {@link #write} has written; a null is an empty plan. */
    public static MountPlan read(JsonReader in) {
        List<Mount> mounts = new ArrayList<>();
        if (in.object()) {
            for (String target = in.property(); target != null; target = in.property()) {
                mounts.add(Mount.read(target, in));
            }
        }
        return new MountPlan(mounts);
    }
}

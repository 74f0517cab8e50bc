package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.FileSystems;
import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.machine.Mount;
import dev.racker.harness.machine.MountPlan;
import dev.racker.harness.machine.MountRequest;
import dev.racker.harness.machine.Tmpfs;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.overlay.WritableLayer;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.Volume;
import dev.racker.harness.store.VolumeNames;
import dev.racker.harness.store.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Makes what containers mount: names and fills their volumes, finds what is bound, removes what was theirs alone. */
public final class ContainerMounts {

    private final Store store;
    private final VolumeStore volumes;
    private final MountPlans plans;
    private final VolumeFiller filler;
    private final Events events;
    private final CommandRunner runner;

    ContainerMounts(Store store, Events events, CommandRunner runner) {
        this.store = store;
        this.events = events;
        this.runner = runner;
        this.volumes = store.volumes();
        this.plans = new MountPlans(store.containers());
        this.filler = new VolumeFiller(volumes, runner);
    }

    CommandRunner runner() {
        return runner;
    }

    /** What is mounted in a container whenever it runs. */
    public MountPlan of(ContainerRecord container) {
        return plans.read(container);
    }

    /**
     * Decides what a new container mounts, writes it down in the container's directory, which must be there, and makes
     * and fills the volumes.
     *
     * @param imageVolumes where the image wants a volume
     * @param stack the container's layers
     */
    public MountPlan create(
            ContainerRecord container, MountRequest request, List<String> imageVolumes, LayerStack stack) {
        MountPlan plan = plan(request, imageVolumes);
        if (plan.isEmpty()) {
            return plan;
        }
        plans.write(container, plan);
        if (container.ephemeral() && !plan.anonymousVolumes().isEmpty()) {
            volumes.noteEphemeral(container.shortId(), plan.anonymousVolumes());
        }
        for (Mount mount : plan.mounts()) {
            if (mount.kind() == Mount.Kind.VOLUME) {
                make(mount, request.labels().getOrDefault(mount.source(), Map.of()), stack);
            }
        }
        return plan;
    }

    private MountPlan plan(MountRequest request, List<String> imageVolumes) {
        Map<String, Mount> byTarget = new LinkedHashMap<>();
        for (String from : request.volumesFrom()) {
            plans.shared(from).forEach(mount -> byTarget.put(mount.target(), mount));
        }
        request.mounts().forEach(mount -> byTarget.put(mount.target(), mount));
        for (String target : imageVolumes) {
            String normal = Path.of("/").resolve(target).normalize().toString();
            byTarget.putIfAbsent(normal, Mount.anonymous(normal, false, true));
        }
        List<Mount> mounts = new ArrayList<>(byTarget.size());
        for (Mount mount : byTarget.values()) {
            boolean unnamed =
                    mount.kind() == Mount.Kind.VOLUME && mount.source().isEmpty();
            mounts.add(unnamed ? mount.named(VolumeNames.next()) : mount);
        }
        return new MountPlan(mounts);
    }

    @SuppressWarnings("try") // the lock is only held
    private void make(Mount mount, Map<String, String> labels, LayerStack stack) {
        try (Lock lock = volumes.lock(mount.source())) {
            Map<String, String> all = mount.anonymous() ? Map.of(Volume.ANONYMOUS, "") : labels;
            Volume volume = ensure(mount.source(), Map.of(), all);
            if (mount.prepared() && volumes.isEmpty(volume)) {
                filler.fill(volume, stack, mount.target());
            }
        }
    }

    /** Makes a volume unless it is there; the caller holds its lock. */
    Volume ensure(String name, Map<String, String> options, Map<String, String> labels) {
        boolean there = volumes.find(name).isPresent();
        Volume volume = volumes.ensure(name, options, labels);
        if (!there) {
            events.note("volume", "create", name, "driver", Volume.DRIVER);
        }
        return volume;
    }

    /** Removes a volume that nobody uses; the caller holds its lock. */
    void remove(String name) {
        if (volumes.remove(name)) {
            events.note("volume", "destroy", name, "driver", Volume.DRIVER);
        }
    }

    /** The machine of a container with what is mounted in it, which its writable layer has places for then. */
    MachineSpec mounting(ContainerRecord container, MachineSpec bare) {
        MountPlan plan = plans.read(container);
        int owners = bare.stack().owners();
        MachineSpec spec = plan.isEmpty() ? bare : bare.mounting(binds(plan, owners), tmpfs(plan, owners));
        WritableLayer layer = new WritableLayer(spec.stack());
        for (Bind bind : spec.binds()) {
            if (!bind.below()) {
                layer.mountPoint(bind.target(), Files.isDirectory(bind.source()));
            }
        }
        spec.tmpfs().forEach(memory -> layer.mountPoint(memory.target(), true));
        return spec;
    }

    /**
     * What a container's machine sees of the host, each time that it starts; makes directories that may be missing.
     *
     * @param owners how far the machine's owners are shifted; 0 when they are not
     * @throws HarnessException when something is not there, or cannot be written by such a machine
     */
    public List<Bind> binds(MountPlan plan, int owners) {
        List<Bind> binds = new ArrayList<>();
        FileSystems fileSystems = null;
        for (Mount mount : plan.mounts()) {
            if (mount.kind() == Mount.Kind.TMPFS) {
                continue;
            }
            Path source = source(mount);
            if (owners == 0) {
                binds.add(new Bind(source, mount.target(), mount.readOnly()));
            } else {
                fileSystems = fileSystems == null ? FileSystems.mounted() : fileSystems;
                addMapped(mount, source, fileSystems, binds);
            }
        }
        return binds;
    }

    /** The mounts below are shown as well, as docker does; of those that cannot be mapped, everything is nobody's. */
    private static void addMapped(Mount mount, Path source, FileSystems fileSystems, List<Bind> binds) {
        boolean mapped = isMapped(mount, source, fileSystems);
        List<Path> below = mapped ? fileSystems.below(source) : List.of();
        binds.add(new Bind(source, mount.target(), mount.readOnly(), mapped, false));
        for (Path point : below) {
            String target = mount.target() + "/" + source.relativize(point);
            boolean mappable = FileSystems.mapsOwners(fileSystems.type(point));
            binds.add(new Bind(point, target, mount.readOnly(), mappable, true));
        }
    }

    /**
     * The file systems in memory of a container's machine.
     *
     * @param owners how far the machine's owners are shifted; 0 when they are not
     * @throws HarnessException when such a machine cannot have one of them
     */
    public List<Tmpfs> tmpfs(MountPlan plan, int owners) {
        List<Tmpfs> all = plan.tmpfs();
        for (Tmpfs each : all) {
            if (owners != 0 && hasOwner(each.options())) {
                throw new HarnessException(
                        "Tried to mount a tmpfs at " + each.target() + " with the options \"" + each.options()
                                + "\", but in a user namespace it always belongs to root.",
                        "Leave out uid and gid, or use --userns=host.");
            }
        }
        return all;
    }

    private static boolean hasOwner(String options) {
        for (String option : options.split(",")) {
            if (option.startsWith("uid=") || option.startsWith("gid=")) {
                return true;
            }
        }
        return false;
    }

    /** Where on the host that is which is mounted. */
    Path source(Mount mount) {
        boolean isVolume = mount.kind() == Mount.Kind.VOLUME;
        Path source = isVolume ? volumes.content(volumes.get(mount.source())) : Path.of(mount.source());
        try {
            if (!isVolume && mount.prepared() && !Files.exists(source)) {
                Files.createDirectories(source);
            }
            return source.toRealPath();
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to mount " + source + " at " + mount.target() + ", but bind source path does not exist: "
                            + source + ".",
                    "Create it first.",
                    e);
        }
    }

    private static boolean isMapped(Mount mount, Path source, FileSystems fileSystems) {
        String type = fileSystems.type(source);
        boolean mapped = FileSystems.mapsOwners(type);
        if (!mapped && !mount.readOnly()) {
            throw new HarnessException(
                    "Tried to mount " + source + " at " + mount.target() + ", but it is on a file system of the type "
                            + type
                            + ", whose owners cannot be mapped into a user namespace: nobody inside could write.",
                    "Add :ro to read it only, use --userns=host, or choose a directory on ext4, xfs, btrfs or tmpfs.");
        }
        return mapped;
    }

    /** The containers that mount a volume. */
    public List<ContainerRecord> users(String volume) {
        return plans.users(volume);
    }

    /** Removes those of these volumes that no container mounts. */
    @SuppressWarnings("try") // the lock is only held
    public void removeUnused(List<String> names) {
        for (String name : names) {
            try (Lock lock = volumes.lock(name)) {
                if (plans.users(name).isEmpty()) {
                    remove(name);
                }
            }
        }
    }

    /** Removes the volumes of a container that has gone with its machine. */
    public void release(ContainerRecord container) {
        if (container.ephemeral()) {
            release(container.shortId());
        }
    }

    private void release(String container) {
        removeUnused(volumes.ephemeral(container));
        volumes.forgetEphemeral(container);
    }

    /** Does the same for what killed processes left; {@code abandoned} says of an id whether nobody uses it. */
    void sweep(Predicate<String> abandoned) {
        for (String container : volumes.ephemeralOwners()) {
            if (abandoned.test(container) && !Files.exists(store.paths().ephemeralContainer(container))) {
                release(container);
            }
        }
        volumes.sweep();
    }
}

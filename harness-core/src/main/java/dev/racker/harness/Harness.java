package dev.racker.harness;

import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.acquire.ImagePuller;
import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.distribution.Provisioner;
import dev.racker.harness.host.ControlPlaneKind;
import dev.racker.harness.host.Host;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.DirectPlane;
import dev.racker.harness.machine.HostLimits;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.MachineLauncher;
import dev.racker.harness.machine.MachinedPlane;
import dev.racker.harness.machine.PayloadStreams;
import dev.racker.harness.machine.Plane;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.network.NetworkOptions;
import dev.racker.harness.network.Networks;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The way in: images, containers and machines of this host.
 *
 * <p>Needs root. Any number of harnesses, in any number of processes, may share the same directories.
 */
public final class Harness {

    private final Store store;
    private final Events events;
    private final Host host;
    private final Images images;
    private final ContainerLauncher launcher;
    private final Sweeper sweeper;
    private final Containers containers;
    private final HostLimits limits;
    private final ContainerNetworks networks;
    private final ContainerMounts mounts;

    private Harness(
            Store store,
            Images images,
            ContainerLauncher launcher,
            Sweeper sweeper,
            Containers containers,
            HostLimits limits,
            ContainerNetworks networks,
            ContainerMounts mounts,
            Events events,
            Host host) {
        this.events = events;
        this.host = host;
        this.store = store;
        this.images = images;
        this.launcher = launcher;
        this.sweeper = sweeper;
        this.containers = containers;
        this.limits = limits;
        this.networks = networks;
        this.mounts = mounts;
    }

    /** Opens the harness of this host, without a catalogue, in the directories that the environment names. */
    public static Harness open() {
        return open(CuratedReleases.none());
    }

    /** Opens the harness of this host, in the directories that the environment names. */
    public static Harness open(CuratedReleases curated) {
        return open(
                StateDirectories.fromEnvironment(System.getenv()), new CommandRunner(), Host.local(), () -> curated);
    }

    /**
     * Opens a harness.
     *
     * @param directories where everything is kept
     * @param runner the gate to other programs
     * @param host the machine this runs on
     * @param curated gives the catalogue of known releases; asked only when it is needed
     */
    public static Harness open(
            StateDirectories directories,
            CommandRunner runner,
            Host host,
            Supplier<? extends CuratedReleases> curated) {
        Store store = Store.open(directories, runner);
        boolean machined = host.controlPlane().kind() == ControlPlaneKind.MACHINED;
        Plane plane = machined ? new MachinedPlane(host) : new DirectPlane(Path.of("/"), host);
        MachineLauncher machines = new MachineLauncher(runner, plane);
        Networks networks =
                new Networks(runner, directories.run(), store.paths().networks(), store.locks());
        Leftovers leftovers = new Leftovers(runner);
        Events events = new Events(directories.run(), runner);
        ContainerMounts mounts = new ContainerMounts(store, events, runner);
        Images images = new Images(
                store,
                curated::get,
                () -> new ImagePuller(store, runner, curated.get()),
                () -> new Provisioner(store, machines, resolvConf(networks)),
                leftovers,
                events);
        Containers containers = new Containers(store, events, leftovers, mounts, runner);
        return new Harness(
                store,
                images,
                new ContainerLauncher(store, events, networks, machines, leftovers, mounts, runner),
                new Sweeper(store, networks, leftovers, mounts),
                containers,
                new HostLimits(Path.of("/"), host, machines),
                new ContainerNetworks(networks.users(), containers, events, directories.run()),
                mounts,
                events,
                host);
    }

    private static String resolvConf(Networks networks) {
        return networks.prepare(NetworkMode.HOST, "provision", NetworkOptions.of("provision"))
                .resolvConf();
    }

    /** What is on disk. */
    public Store store() {
        return store;
    }

    /** What containers mount. */
    public ContainerMounts mounts() {
        return mounts;
    }

    /** The files of containers. */
    public ContainerFiles files() {
        return new ContainerFiles(store, mounts);
    }

    /** The volumes. */
    public Volumes volumes() {
        return new Volumes(store, mounts);
    }

    /** The images. */
    public Images images() {
        return images;
    }

    /** What this host can limit, and what it cannot. */
    public HostLimits limits() {
        return limits;
    }

    /** What has happened to containers, images, networks and volumes. */
    public Events events() {
        return events;
    }

    /** Removes what processes left that were killed. */
    public void sweep() {
        sweeper.sweep();
    }

    /**
     * Boots a machine of an image with the defaults; pulls and prepares the image when it is not in the store.
     *
     * @param image as a user types it, such as {@code debian:bookworm-slim} or {@code debian-bookworm}
     */
    public Container boot(String image) {
        return boot(image, ContainerOptions.defaults(), Progress.none());
    }

    /** Boots a machine of an image; pulls and prepares the image when it is not in the store. */
    public Container boot(String image, ContainerOptions options, Progress progress) {
        sweep();
        ImageReference reference = images.reference(image);
        StoredImage stored = images.get(PullRequest.of(reference), PullPolicy.MISSING, progress);
        return launch(reference, images.bootable(stored, progress), options);
    }

    /**
     * Boots a machine of an image that is in the store and bootable.
     *
     * @param reference by which the image was asked for; the machine's name tells it
     */
    public Container launch(ImageReference reference, StoredImage image, ContainerOptions options) {
        return launcher.launch(reference, image, options);
    }

    /**
     * Runs the process of the options as the only one of a container of an image that is in the store, without booting it.
     *
     * @param reference by which the image was asked for; the machine's name tells it
     */
    public PayloadContainer run(
            ImageReference reference, StoredImage image, ContainerOptions options, PayloadStreams streams) {
        return launcher.run(reference, image, options, streams);
    }

    /**
     * Makes a container of an image that is in the store, and bootable when it is to be booted, and does not start it.
     *
     * @param reference by which the image was asked for; the container's name tells it
     */
    public ContainerRecord create(ImageReference reference, StoredImage image, ContainerOptions options) {
        return launcher.create(reference, image, options);
    }

    /** Starts containers that are there. */
    public ContainerLauncher launcher() {
        return launcher;
    }

    /** The containers of this host, whoever has made and started them. */
    public Containers containers() {
        return containers;
    }

    /** The machines of this host that are booted before anybody asks for one. */
    public Standbys standbys() {
        return new Standbys(store, images, launcher, host);
    }

    /** The networks of this host, and the containers in them. */
    public ContainerNetworks networks() {
        return networks;
    }
}

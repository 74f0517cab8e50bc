package dev.racker.harness;

import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.MountRequest;
import dev.racker.harness.machine.Tmpfs;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.network.NetworkOptions;
import dev.racker.harness.network.NetworkSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a container is made of an image and its machine started; immutable, made by {@link #defaults()} and the methods
 * that change one thing.
 */
public final class ContainerOptions {

    /** How long a machine may take until it is ready when nobody says otherwise. */
    public static final Duration DEFAULT_BOOT_TIMEOUT = Duration.ofSeconds(60);

    private String name = "";
    private String hostname = "";
    private boolean ephemeral = true;
    private BootDecision boot = BootDecision.always();
    private NetworkSettings network = NetworkSettings.defaults();
    private boolean hostUsers;
    private Limits limits = Limits.none();
    private Isolation isolation = Isolation.of(true, false);
    private List<Bind> binds = List.of();
    private List<Tmpfs> tmpfs = List.of();
    private MountRequest mounts = MountRequest.none();
    private ContainerProcess process = ContainerProcess.none();
    private Lifecycle lifecycle = Lifecycle.defaults();
    private Map<String, String> labels = Map.of();
    private Duration bootTimeout = DEFAULT_BOOT_TIMEOUT;

    private ContainerOptions() {}

    /** An ephemeral container with a name of ours, a user namespace, and a network behind a bridge. */
    public static ContainerOptions defaults() {
        return new ContainerOptions();
    }

    private ContainerOptions copy() {
        ContainerOptions copy = new ContainerOptions();
        copy.name = name;
        copy.hostname = hostname;
        copy.ephemeral = ephemeral;
        copy.boot = boot;
        copy.network = network;
        copy.hostUsers = hostUsers;
        copy.limits = limits;
        copy.isolation = isolation;
        copy.binds = binds;
        copy.tmpfs = tmpfs;
        copy.mounts = mounts;
        copy.process = process;
        copy.lifecycle = lifecycle;
        copy.labels = labels;
        copy.bootTimeout = bootTimeout;
        return copy;
    }

    /**
     * Names the container, and with it the machine; empty for a name of ours.
     *
     * @throws dev.racker.harness.error.HarnessException when it is no name of a container
     */
    public ContainerOptions named(String newName) {
        if (!newName.isEmpty()) {
            MachineNames.check(newName);
        }
        ContainerOptions copy = copy();
        copy.name = newName;
        return copy;
    }

    /**
     * Sets the host name inside; empty for the machine's name.
     *
     * @throws dev.racker.harness.error.HarnessException when it is no host name
     */
    public ContainerOptions hostname(String newHostname) {
        if (!newHostname.isEmpty()) {
            NetworkOptions.checkHostname(newHostname);
        }
        ContainerOptions copy = copy();
        copy.hostname = newHostname;
        return copy;
    }

    /** Keeps the container when its machine ends. */
    public ContainerOptions kept() {
        return ephemeral(false);
    }

    /** Says whether the container is removed when its machine ends. */
    public ContainerOptions ephemeral(boolean removed) {
        ContainerOptions copy = copy();
        copy.ephemeral = removed;
        return copy;
    }

    /** Boots the image's init, or not. */
    public ContainerOptions booting(BootDecision decision) {
        ContainerOptions copy = copy();
        copy.boot = decision;
        return copy;
    }

    /** Runs this process as the only one, without booting the image's init. */
    public ContainerOptions unbooted(ContainerProcess newProcess) {
        return running(newProcess).booting(BootDecision.never());
    }

    /** Runs this process, beside the image's init when that is booted. */
    public ContainerOptions running(ContainerProcess newProcess) {
        ContainerOptions copy = copy();
        copy.process = newProcess;
        return copy;
    }

    /** Stops it, starts it again, and looks after it in this way. */
    public ContainerOptions living(Lifecycle newLifecycle) {
        ContainerOptions copy = copy();
        copy.lifecycle = newLifecycle;
        return copy;
    }

    /** Connects the machine to this network. */
    public ContainerOptions on(NetworkMode mode) {
        return on(NetworkSettings.of(mode));
    }

    /** Connects the machine to these networks. */
    public ContainerOptions on(NetworkSettings settings) {
        ContainerOptions copy = copy();
        copy.network = settings;
        return copy;
    }

    /** Does without a user namespace: root inside is root outside. */
    public ContainerOptions hostUsers(boolean without) {
        ContainerOptions copy = copy();
        copy.hostUsers = without;
        return copy;
    }

    /** Lets the machine see these parts of the host. */
    public ContainerOptions with(List<Bind> newBinds) {
        ContainerOptions copy = copy();
        copy.binds = List.copyOf(newBinds);
        return copy;
    }

    /** Mounts these volumes and other things in the machine; what comes of it is written down beside the options. */
    public ContainerOptions mounting(MountRequest newMounts) {
        ContainerOptions copy = copy();
        copy.mounts = newMounts;
        return copy;
    }

    /** Gives the machine these file systems in memory. */
    public ContainerOptions inMemory(List<Tmpfs> newTmpfs) {
        ContainerOptions copy = copy();
        copy.tmpfs = List.copyOf(newTmpfs);
        return copy;
    }

    /** Lets the machine use this much of the host. */
    public ContainerOptions limitedTo(Limits newLimits) {
        ContainerOptions copy = copy();
        copy.limits = newLimits;
        return copy;
    }

    /** Keeps the machine this far from the host. */
    public ContainerOptions isolated(Isolation newIsolation) {
        ContainerOptions copy = copy();
        copy.isolation = newIsolation;
        return copy;
    }

    /** Notes this about the container. */
    public ContainerOptions labelled(Map<String, String> newLabels) {
        ContainerOptions copy = copy();
        copy.labels = new LinkedHashMap<>(newLabels);
        return copy;
    }

    /** Gives the machine this long until it must be ready. */
    public ContainerOptions bootWithin(Duration newTimeout) {
        ContainerOptions copy = copy();
        copy.bootTimeout = newTimeout;
        return copy;
    }

    /** By which users call the container; empty for a name of ours. */
    public String name() {
        return name;
    }

    /** The host name inside; empty for the machine's name. */
    public String hostname() {
        return hostname;
    }

    /** Says whether the container is removed when its machine ends. */
    public boolean ephemeral() {
        return ephemeral;
    }

    /** Says whether the image's own init is booted. */
    public boolean boots() {
        return boot.boots();
    }

    /** Whether the image's own init is booted, and why. */
    public BootDecision boot() {
        return boot;
    }

    /** What the machine is connected to. */
    public NetworkSettings network() {
        return network;
    }

    /**
     * Says whether root inside is root outside; also when it was not asked for, because what a user namespace cannot do
     * on the host's network or privileged needs the host's users.
     */
    public boolean hostUsers() {
        return hostUsers || isolation.privileged() || network.mode() == NetworkMode.HOST;
    }

    /** How much of the host the machine may use. */
    public Limits limits() {
        return limits;
    }

    /** How far it is kept from the host. */
    public Isolation isolation() {
        return isolation.withPrivateNetwork(network.mode() != NetworkMode.HOST);
    }

    /** What the machine sees of the host. */
    public List<Bind> binds() {
        return binds;
    }

    /** What else is to be mounted in a new container. */
    public MountRequest mounts() {
        return mounts;
    }

    /** The machine's file systems in memory. */
    public List<Tmpfs> tmpfs() {
        return tmpfs;
    }

    /** What runs in it. */
    public ContainerProcess process() {
        return process;
    }

    /** How it is stopped, started again, and looked after. */
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    /** What its user notes about it. */
    public Map<String, String> labels() {
        return labels;
    }

    /** How long the machine may take until it is ready. */
    public Duration bootTimeout() {
        return bootTimeout;
    }
}

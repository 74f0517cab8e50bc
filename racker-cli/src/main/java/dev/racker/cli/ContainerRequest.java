package dev.racker.cli;

import dev.racker.harness.BootDecision;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.ContainerProcess;
import dev.racker.harness.Harness;
import dev.racker.harness.PullPolicy;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.MountRequest;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.network.NetworkSettings;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@code run} and {@code create} make of their command line: an image that is there, and a container's options. */
final class ContainerRequest {

    private final Session session;
    private final RunOptions options;
    private final ImageOptions imageOptions;
    private NetworkSettings network;
    private MountRequest mounts;
    private Limits limits;
    private Isolation isolation;

    ContainerRequest(Session session, RunOptions options, ImageOptions imageOptions) {
        this.session = session;
        this.options = options;
        this.imageOptions = imageOptions;
    }

    /**
     * What a container is made of.
     *
     * @param reference by which the image was asked for
     * @param image the image, bootable when it is to be booted
     * @param options how the container is made
     */
    record Prepared(ImageReference reference, StoredImage image, ContainerOptions options) {}

    /**
     * Checks the options, gets the image, and makes it bootable when it is going to be booted.
     *
     * @param command what was typed after the image
     * @param detached whether nobody waits for what runs in it: a booted system without a command just runs then
     * @param attached whether somebody is going to be attached who, when it reads, gives it all of its input
     */
    Prepared prepare(String image, List<String> command, boolean detached, boolean attached) {
        network = options.network.settings();
        PullPolicy policy = PullPolicy.parse(options.pull.or("missing"));
        SystemdMode systemd = SystemdMode.parse(options.systemd.or("auto"));
        mounts = options.mounts.request();
        limits = options.limits.limits();
        isolation = options.isolation.isolation(network.mode() != NetworkMode.HOST, session);
        check();
        imageOptions.check();
        PayloadPlan anyImage = rehearse(command);
        Harness harness = session.harness(Tool.SYSTEMD_NSPAWN);
        ImageReference reference = harness.images().reference(image);
        Progress progress = session.progress(options.quiet.isSet());
        if (!network.requests().isEmpty()) {
            harness.networks().users().require(network);
        }
        warn();
        options.isolation.checkLimits(harness, limits, isolation, session.err());
        StoredImage stored =
                harness.images().get(imageOptions.request(reference), policy(policy, harness, reference), progress);
        PayloadPlan plan = anyImage.of(stored.config());
        BootDecision decision = systemd.decide(stored);
        boolean boots = decision.boots();
        session.detail((boots ? "Booting " : "Not booting ") + image + ": " + decision.reason() + ".");
        ContainerProcess process = boots && detached && plan.isIdle(command)
                ? ContainerProcess.none()
                : process(plan, command, boots, attached);
        if (boots) {
            stored = harness.images().bootable(stored, progress);
        }
        return new Prepared(reference, stored, container(stored.config(), process, decision));
    }

    /** An image for another platform than the one asked for is as good as none. */
    private PullPolicy policy(PullPolicy given, Harness harness, ImageReference reference) {
        Optional<StoredImage> other =
                imageOptions.namesPlatform() ? harness.images().find(reference) : Optional.empty();
        if (other.isEmpty()
                || imageOptions
                        .request(reference)
                        .platform()
                        .accepts(other.get().platform())) {
            return given;
        }
        if (given == PullPolicy.NEVER) {
            throw new HarnessException(
                    "Tried to use " + reference + " for "
                            + imageOptions.request(reference).platform()
                            + ", but the one in the store is for " + other.get().platform() + ".",
                    "Leave out --platform, or --pull never.");
        }
        return PullPolicy.ALWAYS;
    }

    /** What is wrong with the options is told before anything is downloaded for them. */
    private PayloadPlan rehearse(List<String> command) {
        ImageConfig unknown = ImageConfig.empty();
        PayloadPlan plan = new PayloadPlan(unknown, options, session.environment());
        container(unknown, process(plan, command, false, false), BootDecision.never());
        return plan;
    }

    private ContainerProcess process(PayloadPlan plan, List<String> command, boolean boots, boolean attached) {
        return new ContainerProcess(
                plan.arguments(command),
                boots ? plan.environment(options.terminal.isSet()) : plan.unbootedEnvironment(options.terminal.isSet()),
                plan.user(),
                plan.group(),
                plan.directory(),
                options.terminal.isSet(),
                options.interactive.isSet(),
                options.interactive.isSet() && attached,
                options.init.isSet());
    }

    private void check() {
        if (options.bootTimeout.or(60) <= 0) {
            throw new HarnessException(
                    "Tried to read --boot-timeout \"" + options.bootTimeout.given()
                            + "\", but that is no time to wait.",
                    "Give a number of seconds above 0.");
        }
        checkIdFile();
        if (options.detachKeys.given() != null) {
            DetachKeys.parse(options.detachKeys.given());
        }
    }

    private void warn() {
        options.network.warnings().forEach(session.err()::println);
        if (network.mode() == NetworkMode.HOST
                && !options.isolation.privileged.isSet()
                && !options.isolation.hostUsers()) {
            session.err().println("Without a user namespace, because --network=host needs the host's low ports.");
        }
    }

    private void checkIdFile() {
        if (!wantsId()) {
            return;
        }
        Path file = options.idFile.given();
        if (Files.exists(file)) {
            throw fileExists(null);
        }
        Path parent = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent)) {
            throw new HarnessException(
                    "Tried to write the container's id to " + file + ", but " + parent + " is not a directory.",
                    "Make it, or name another file.");
        }
    }

    /** As with docker, an empty name is none. */
    private boolean wantsId() {
        return options.idFile.given() != null
                && !options.idFile.given().toString().isEmpty();
    }

    private ContainerOptions container(ImageConfig image, ContainerProcess process, BootDecision decision) {
        return ContainerOptions.defaults()
                .named(options.name.or(""))
                .hostname(options.hostname.or(""))
                .ephemeral(options.remove.isSet())
                .booting(decision)
                .on(network.exposing(image.exposedPorts()))
                .hostUsers(options.isolation.hostUsers())
                .limitedTo(limits)
                .isolated(isolation)
                .mounting(mounts)
                .running(process)
                .living(options.lifecycle.lifecycle(image, options.remove.isSet()))
                .labelled(options.labels.labels(image))
                .bootWithin(Duration.ofSeconds(options.bootTimeout.or(60)));
    }

    /** Writes the container's id where the user wants it, when he does. */
    void writeId(String id) {
        if (!wantsId()) {
            return;
        }
        try {
            Files.writeString(options.idFile.given(), id, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw fileExists(e);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to write the container's id to " + options.idFile.given() + ", but: " + e.getMessage() + ".",
                    null,
                    e);
        }
    }

    private HarnessException fileExists(IOException cause) {
        return new HarnessException(
                "Tried to write the container's id to " + options.idFile.given() + ", but that file exists.",
                "Remove it, or name another one.",
                cause);
    }
}

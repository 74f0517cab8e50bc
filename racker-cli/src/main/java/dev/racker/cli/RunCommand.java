package dev.racker.cli;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.Harness;
import dev.racker.harness.PayloadContainer;
import dev.racker.harness.PullPolicy;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.DirectPayload;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.PayloadMachine;
import dev.racker.harness.machine.PayloadStreams;
import dev.racker.harness.machine.RunningPayload;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Boots a machine of an image and runs a command in it. */
@Command(
        name = "run",
        description = "Boot a machine of an image and run a command in it.",
        mixinStandardHelpOptions = false)
final class RunCommand implements Callable<Integer> {

    private static final Duration STOP = Duration.ofSeconds(10);
    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final Session session;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private ImageOptions imageOptions = new ImageOptions();

    @picocli.CommandLine.Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, see racker-pull(1).")
    private String image;

    @Parameters(index = "1..*", paramLabel = "COMMAND", arity = "0..*", description = "What to run, and its arguments.")
    private List<String> command = new ArrayList<>();

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::run);
    }

    private int run(Signals signals) {
        NetworkMode network = NetworkMode.parse(options.network);
        PullPolicy policy = PullPolicy.parse(options.pull);
        SystemdMode systemd = SystemdMode.parse(options.systemd);
        Harness harness = session.harness(Tool.SYSTEMD_NSPAWN);
        ImageReference reference = harness.images().reference(image);
        ContainerOptions container = containerOptions(network);
        Progress progress = session.progress(options.quiet);
        StoredImage stored = harness.images().get(imageOptions.request(reference), policy, progress);
        PayloadPlan plan = new PayloadPlan(stored.config(), options, session.environment());
        boolean terminal = options.terminal && Terminals.isTerminal(0) && Terminals.isTerminal(1);
        Terminals.openPipes();
        if (systemd.boots(stored)) {
            stored = harness.images().bootable(stored, progress);
            try (Container running = harness.launch(reference, stored, container)) {
                return booted(running, plan, terminal, signals);
            }
        }
        DirectPayload payload = direct(plan, terminal);
        try (PayloadContainer running = harness.run(reference, stored, container, payload, streams(terminal))) {
            return unbooted(running, signals);
        }
    }

    private int booted(Container running, PayloadPlan plan, boolean terminal, Signals signals) {
        writeId(running.record().id());
        Machine machine = running.machine();
        int status = run(machine, payload(plan, machine.spec().hostname(), terminal), signals);
        running.exited(status);
        if (options.remove) {
            machine.kill();
        } else {
            machine.stop(STOP);
        }
        return status;
    }

    private int unbooted(PayloadContainer running, Signals signals) {
        writeId(running.record().id());
        PayloadMachine machine = running.machine();
        signals.deliver(name -> machine.stop(name, STOP), machine::kill);
        signals.resize(machine::resized);
        int status = running.await();
        return signals.status() == 0 ? status : signals.status();
    }

    private int run(Machine machine, Payload payload, Signals signals) {
        try (RunningPayload running = machine.start(payload)) {
            signals.deliver(
                    name -> {
                        running.signal(name);
                        running.stop();
                    },
                    machine::kill);
            int status = running.await().status();
            return signals.status() == 0 ? status : signals.status();
        }
    }

    private PayloadStreams streams(boolean terminal) {
        boolean reads = terminal || options.interactive;
        return new PayloadStreams(reads ? Input.inherit() : Input.none(), Output.inherit(), Output.inherit());
    }

    /** What runs without an init; the host name inside is the machine's, which is not known yet, or the one given. */
    private DirectPayload direct(PayloadPlan plan, boolean terminal) {
        if (!plan.group().isEmpty()) {
            throw new HarnessException(
                    "Tried to run the command in the group \"" + plan.group()
                            + "\", but that needs a booted machine, and this one is not booted.",
                    "Name a user without a group: --user=root.");
        }
        return new DirectPayload(
                plan.arguments(command),
                plan.environment(options.hostname, terminal),
                plan.isRoot() ? "" : plan.user(),
                plan.directory(),
                terminal);
    }

    private Payload payload(PayloadPlan plan, String hostname, boolean terminal) {
        Payload payload = Payload.of(plan.arguments(command))
                .user(plan.user())
                .group(plan.group())
                .in(plan.directory())
                .env(plan.environment(hostname, terminal))
                .timeout(UNLIMITED);
        if (terminal) {
            return payload.onTerminal();
        }
        PayloadStreams streams = streams(false);
        return payload.stdin(streams.stdin()).stdout(streams.stdout()).stderr(streams.stderr());
    }

    private ContainerOptions containerOptions(NetworkMode network) {
        if (!options.userNamespace.isEmpty() && !options.userNamespace.equals("host")) {
            throw new HarnessException(
                    "Tried to read --userns \"" + options.userNamespace + "\", but only \"host\" is known.",
                    "Leave the option out for a user namespace.");
        }
        if (options.bootTimeout <= 0) {
            throw new HarnessException(
                    "Tried to read --boot-timeout \"" + options.bootTimeout + "\", but that is no time to wait.",
                    "Give a number of seconds above 0.");
        }
        Mounts mounts = new Mounts();
        options.volumes.forEach(mounts::volume);
        options.mounts.forEach(mounts::mount);
        options.tmpfs.forEach(mounts::tmpfs);
        if (network == NetworkMode.HOST && !options.privileged && options.userNamespace.isEmpty()) {
            session.err().println("Without a user namespace, because --network=host needs the host's low ports.");
        }
        return new ContainerOptions(
                options.name,
                options.hostname,
                options.remove,
                network,
                options.dns,
                !options.userNamespace.isEmpty(),
                options.privileged,
                mounts.binds(),
                mounts.tmpfs(),
                command,
                Duration.ofSeconds(options.bootTimeout));
    }

    private void writeId(String id) {
        if (options.idFile == null) {
            return;
        }
        try {
            Files.writeString(options.idFile, id, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new HarnessException(
                    "Tried to write the container's id to " + options.idFile + ", but that file exists.",
                    "Remove it, or name another one.",
                    e);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to write the container's id to " + options.idFile + ", but: " + e.getMessage() + ".",
                    null,
                    e);
        }
    }
}

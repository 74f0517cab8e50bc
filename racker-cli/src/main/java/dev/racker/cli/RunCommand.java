package dev.racker.cli;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.Harness;
import dev.racker.harness.PullPolicy;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.Payload;
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
        Signals signals = Signals.hear();
        Harness harness = session.harness(Tool.SYSTEMD_NSPAWN);
        NetworkMode network = NetworkMode.parse(options.network);
        ContainerOptions container = containerOptions(network);
        ImageReference reference = harness.images().reference(image);
        Progress progress = session.progress(options.quiet);
        StoredImage stored =
                harness.images().get(imageOptions.request(reference), PullPolicy.parse(options.pull), progress);
        stored = harness.images().bootable(stored, progress);
        PayloadPlan plan = new PayloadPlan(stored.config(), options, session.environment());
        List<String> arguments = plan.arguments(command);
        boolean terminal = options.terminal && Terminals.isTerminal(0) && Terminals.isTerminal(1);
        try (Container running = harness.launch(reference, stored, container)) {
            writeId(running.record().id());
            Machine machine = running.machine();
            Payload payload = payload(plan, arguments, machine.spec().hostname(), terminal);
            int status = run(machine, payload, signals);
            running.exited(status);
            if (options.remove) {
                machine.kill();
            } else {
                machine.stop(STOP);
            }
            return status;
        }
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

    private Payload payload(PayloadPlan plan, List<String> arguments, String hostname, boolean terminal) {
        Payload payload = Payload.of(arguments.isEmpty() ? List.of("/bin/sh", "-l") : arguments)
                .user(plan.user())
                .group(plan.group())
                .in(plan.directory())
                .env(plan.environment(hostname, terminal))
                .timeout(UNLIMITED);
        if (terminal) {
            return payload.onTerminal();
        }
        return payload.stdin(options.interactive ? Input.inherit() : Input.none())
                .stdout(Output.inherit())
                .stderr(Output.inherit());
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

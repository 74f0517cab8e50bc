package dev.racker.postroj;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.Harness;
import dev.racker.harness.PullPolicy;
import dev.racker.harness.Session;
import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.console.Signals;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.RunningPayload;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.StoredImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Boots an image and runs one command in it; ends with the command's exit status. */
@Command(
        name = "invoke",
        mixinStandardHelpOptions = true,
        description = "Boot an image, run a command in it, and end with its exit status.")
final class InvokeCommand implements Callable<Integer> {

    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final Session session;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "IMAGE",
            description = "A label of list-images, or any image.")
    private String image;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "What to run, and its arguments, after --.")
    private List<String> command;

    InvokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::run);
    }

    private int run(Signals signals) {
        Harness harness = session.harness(Tool.SYSTEMD_NSPAWN);
        ImageReference reference = harness.images().reference(image);
        Progress progress = session.progress(false);
        StoredImage stored = harness.images().get(PullRequest.of(reference), PullPolicy.MISSING, progress);
        stored = harness.images().bootable(stored, progress);
        Payload payload = Payload.of(command).stdin(Input.inherit()).streamed().timeout(UNLIMITED);
        try (Container container = harness.launch(reference, stored, ContainerOptions.defaults())) {
            Machine machine = container.machine();
            signals.hold();
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
    }
}

package dev.racker.harness;

import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.PayloadStreams;
import dev.racker.harness.machine.RunningPayload;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Another process that works with machines and stands still at a point where it is to be killed: {@code STATE CACHE RUN
 * NAME POINT [IMAGE]}. It tells each command that it starts, and {@code at POINT} when it is there. NAME, when not "-", is the name of
 * a container that is kept.
 */
final class LaunchingProgram {

    private LaunchingProgram() {}

    /** Where the process stands still. */
    enum Point {
        /** Its container is there, nothing is started for its machine. */
        BEFORE_LISTENING("systemd-socket-activate "),
        /** Just before the supervisor is started. */
        BEFORE_BOOT("supervise.sh run "),
        /** The guest boots, its network is about to be connected. */
        DURING_BOOT("racker-connect"),
        /** A payload that is not booted is held until its network is connected, which is about to be done. */
        HELD_PAYLOAD("racker-connect"),
        /** A payload runs. */
        PAYLOAD(Point.NOTHING),
        /** The machine was killed, its network is about to be taken down. */
        TEARDOWN("racker-disconnect"),
        /** The files of a layer are unpacked, what its directories are to be is not. */
        UNPACK("tar --extract"),
        /** Everything is there for the machine in which an image is made bootable, but the machine. */
        BEFORE_PROVISIONING("supervise.sh run "),
        /** The image's package manager works; the one that it asks is the test, which kills this process then. */
        PROVISIONING(Point.NOTHING);

        private static final String NOTHING = "\0 stands in no command line";

        private final String command;

        Point(String command) {
            this.command = command;
        }
    }

    public static void main(String[] arguments) throws Exception {
        StateDirectories directories =
                new StateDirectories(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        Point point = Point.valueOf(arguments[4]);
        CommandRunner runner = new CommandRunner(line -> {
            System.out.println(line.replace('\n', ' '));
            boolean before = line.startsWith("rm ") || line.contains("--recursive-unlink");
            if (line.contains(point.command) && !before) {
                standStill(point);
            }
        });
        Harness harness = TestImage.open(directories, runner);
        switch (point) {
            case UNPACK -> harness.images().pull(PullRequest.of(ImageReference.parse(arguments[5])), Progress.none());
            case BEFORE_PROVISIONING, PROVISIONING ->
                harness.images().bootable(stored(harness, arguments[5]), Progress.none());
            case HELD_PAYLOAD -> hold(harness);
            default -> boot(harness, arguments[3], point);
        }
        System.out.println("done");
    }

    private static StoredImage stored(Harness harness, String name) {
        return harness.store().images().find(name).orElseThrow();
    }

    private static void hold(Harness harness) {
        ImageReference reference = ImageReference.parse(TestImage.DEBIAN);
        ContainerOptions options = ContainerOptions.defaults()
                .unbooted(new ContainerProcess(
                        List.of("sleep", "600"), List.of(), "", "", "/", false, false, false, false));
        PayloadStreams streams = new PayloadStreams(Input.none(), Output.discard(), Output.discard());
        StoredImage image = stored(harness, reference.toString());
        try (PayloadContainer container = harness.run(reference, image, options, streams)) {
            container.await();
        }
    }

    private static void boot(Harness harness, String name, Point point) throws IOException {
        boolean kept = !name.equals("-");
        ContainerOptions options =
                kept ? ContainerOptions.defaults().named(name).kept() : ContainerOptions.defaults();
        harness.sweep();
        ImageReference reference = ImageReference.parse(TestImage.DEBIAN);
        // As it is: what is done once for an image has machines of its own.
        try (Container container = harness.launch(reference, stored(harness, reference.toString()), options)) {
            Payload sleeps = Payload.of("sh", "-c", "echo payload >/srv/written; echo ready; exec sleep 600")
                    .stdout(Output.pipe());
            try (RunningPayload running = container.machine().start(sleeps)) {
                running.stdoutReader().readLine();
                if (point == Point.PAYLOAD) {
                    standStill(point);
                }
            }
        }
    }

    private static void standStill(Point point) {
        System.out.println("at " + point);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.racker.harness;

import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.RunningPayload;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StateDirectories;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Another process that boots a machine and stands still at a point where it is to be killed: {@code STATE CACHE RUN NAME
 * POINT}. It tells each command that it starts, and {@code at POINT} when it is there. NAME, when not "-", is the name of
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
        /** A payload runs. */
        PAYLOAD("nothing"),
        /** The machine was killed, its network is about to be taken down. */
        TEARDOWN("racker-disconnect");

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
            if (line.contains(point.command) && !line.startsWith("rm ")) {
                standStill(point);
            }
        });
        Harness harness = TestImage.open(directories, runner);
        boolean kept = !arguments[3].equals("-");
        ContainerOptions options = new ContainerOptions(
                kept ? arguments[3] : "",
                "",
                !kept,
                NetworkMode.BRIDGE,
                List.of(),
                false,
                false,
                List.of(),
                List.of(),
                List.of(),
                Duration.ofSeconds(60));
        try (Container container =
                harness.boot(TestImage.DEBIAN, options, dev.racker.harness.progress.Progress.none())) {
            Payload sleeps = Payload.of("sh", "-c", "echo payload >/srv/written; echo ready; exec sleep 600")
                    .stdout(Output.pipe());
            try (RunningPayload running = container.machine().start(sleeps)) {
                running.stdoutReader().readLine();
                if (point == Point.PAYLOAD) {
                    standStill(point);
                }
            }
        }
        System.out.println("done");
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

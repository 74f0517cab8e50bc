package dev.racker.harness;

import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Command lines of tail(1): what comes to a container's log until its machine has ended. */
final class Tail {

    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private Tail() {}

    /** Gives what is in a file and does not wait for more. */
    static Command now(Path file, String from) {
        return Command.of("tail", "--quiet", from, "--", file.toString())
                .expectAny() // there is no file when nothing was printed
                .timeout(UNLIMITED)
                .stdout(Output.pipe())
                .stderr(Output.discard());
    }

    /**
     * Follows a file.
     *
     * @param from the option that says where it begins
     * @return empty when the machine does not run
     */
    static Optional<Command> of(MachinePlace place, Path file, String from) {
        return Leftovers.supervisorId(place.run())
                .map(supervisor -> Command.of(
                                "tail",
                                "--quiet",
                                "--follow=name",
                                "--retry",
                                "--sleep-interval=0.1",
                                "--pid=" + supervisor,
                                from,
                                "--",
                                file.toString())
                        .expectAny()
                        .timeout(UNLIMITED)
                        .stdout(Output.pipe())
                        .stderr(Output.discard()));
    }
}

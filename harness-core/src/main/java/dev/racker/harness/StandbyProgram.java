package dev.racker.harness;

import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Host;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.Command.WhenCancelled;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Boots machines that wait, in a process of its own that no terminal holds and that ends when they are there. */
final class StandbyProgram {

    private StandbyProgram() {}

    /** Starts it for an image, and does not wait for it; that it could not be started is noted. */
    static void start(Store store, String image, CommandRunner runner) {
        StateDirectories directories = store.paths().directories();
        // setsid(1) ends at once: a JVM that has a child takes 300 ms to exit, because a thread waits for that in the
        // kernel.
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                "--fork",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String argument : ProcessHandle.current().info().arguments().orElse(new String[0])) {
            // Above all the archive of classes, and the collector that it was made with.
            if (argument.startsWith("-XX:") || argument.startsWith("-Xlog:") || argument.startsWith("-Dracker.")) {
                command.add(argument);
            }
        }
        command.addAll(List.of(
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                StandbyProgram.class.getName(),
                directories.state().toString(),
                directories.cache().toString(),
                directories.run().toString(),
                image));
        try {
            runner.run(Command.of(command)
                    .stdin(Input.none())
                    .stdout(Output.discard())
                    .stderr(Output.discard())
                    .whenCancelled(WhenCancelled.GO_ON));
        } catch (HarnessException failure) {
            new StandbySettings(store).problem(image, failure);
        }
    }

    /** Takes the state, cache and run directories, and the image's name. */
    public static void main(String[] args) {
        StateDirectories directories = new StateDirectories(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
        Harness harness = Harness.open(directories, new CommandRunner(), Host.local(), CuratedReleases::none);
        harness.sweep();
        harness.standbys().refill(args[3]);
    }
}

package dev.racker.harness.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.Harness;
import dev.racker.harness.TestImage;
import dev.racker.harness.TestProgram;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.store.StateDirectories;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way into a machine's network goes with the process that opened it, however that ends. */
@ExtendWith(TestImage.Shared.class)
class RelayKillIT {

    /** The other process: {@code STATE CACHE RUN}. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            StateDirectories directories =
                    new StateDirectories(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
            Harness harness =
                    TestImage.open(directories, new CommandRunner(line -> System.out.println(line.replace('\n', ' '))));
            try (Container container = harness.launch(
                            ImageReference.parse(TestImage.DEBIAN),
                            harness.store()
                                    .images()
                                    .find(ImageReference.parse(TestImage.DEBIAN).toString())
                                    .orElseThrow(),
                            ContainerOptions.defaults().on(NetworkMode.NONE));
                    Relay relay = Relay.open(container.machine())) {
                System.out.println("open " + relay);
                new CountDownLatch(1).await();
            }
        }
    }

    @Test
    void a_process_that_is_killed_leaves_no_way_into_the_network(TestImage image) throws Exception {
        image.debian();
        StateDirectories directories = image.directories();
        Command program = TestProgram.inStore(directories, Program.class);
        List<ProcessHandle> started;
        try (RunningCommand running = new CommandRunner().start(program)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(running.stdout(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && !line.startsWith("open ")) {
                image.learn(line);
                line = lines.readLine();
            }
            if (line == null) {
                fail("the program ended before: " + running.await().errorText());
            }
            started = ProcessHandle.allProcesses()
                    .filter(process -> process.pid() != running.pid()
                            && commandLine(process)
                                    .contains(directories
                                            .run()
                                            .resolve("machines")
                                            .toString()))
                    .toList();
            assertTrue(
                    started.stream().anyMatch(process -> commandLine(process).contains(RelayProgram.class.getName())),
                    started::toString);
            running.kill();
        }
        for (ProcessHandle process : started) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
        image.harness().sweep();

        assertEquals(List.of(), image.leftovers());
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }
}

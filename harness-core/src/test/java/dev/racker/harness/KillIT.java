package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.racker.harness.LaunchingProgram.Point;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.StateDirectories;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is killed, and whenever: nothing is left, at the latest after the next command. */
@ExtendWith(TestImage.Shared.class)
class KillIT {

    private TestImage image;
    private List<ProcessHandle> started = List.of();

    @BeforeEach
    void use(TestImage shared) {
        image = shared;
        image.debian();
    }

    @AfterEach
    void nothing_is_left() {
        image.harness().sweep();
        image.harness()
                .store()
                .containers()
                .find("kept")
                .ifPresent(record -> image.harness().removeContainer(record.id(), false));
        assertEquals(List.of(), image.leftovers());
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void of_a_program_that_is_killed_the_next_sweep_leaves_nothing(Point point) throws Exception {
        kill(point, "-");

        image.harness().sweep();
        awaitEnd();

        assertEquals(List.of(), image.leftovers());
        assertTrue(image.harness().store().images().contains(image.debian().name()), "complete images stay");
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"DURING_BOOT", "PAYLOAD"})
    void the_machine_of_a_program_that_is_killed_goes_by_itself(Point point) throws Exception {
        kill(point, "-");

        awaitEnd();

        assertEquals(List.of(), image.leftovers());
    }

    @Test
    void a_kept_container_of_a_program_that_is_killed_keeps_its_record_and_what_was_written() throws Exception {
        kill(Point.PAYLOAD, "kept");

        image.harness().sweep();
        awaitEnd();

        ContainerRecord record =
                image.harness().store().containers().find("kept").orElseThrow();
        Path upper = image.harness().store().containers().directory(record).resolve("upper");
        assertEquals("payload\n", Files.readString(upper.resolve("srv/written")));
        assertFalse(image.harness().isRunning(record));
        assertEquals(2, image.leftovers().size(), image.leftovers().toString());
        image.harness().removeContainer("kept", false);
    }

    @Test
    void of_a_machine_whose_leader_is_killed_nothing_is_left() throws Exception {
        try (Container container = image.boot(image.debian(), ContainerOptions.defaults())) {
            end(ProcessHandle.of(container.machine().leader()).orElseThrow());

            container.machine().ended().get(20, TimeUnit.SECONDS);
            assertEquals(List.of(), image.leftovers());
        }
    }

    @Test
    void of_a_machine_whose_nspawn_is_killed_nothing_is_left() throws Exception {
        try (Container container = image.boot(image.debian(), ContainerOptions.defaults())) {
            end(process(container.record().id(), "systemd-nspawn"));

            container.machine().ended().get(20, TimeUnit.SECONDS);
            assertEquals(List.of(), image.leftovers());
        }
    }

    @Test
    void of_a_machine_whose_supervisor_is_killed_nothing_is_left_when_it_is_closed() throws Exception {
        Container container = image.boot(image.debian(), ContainerOptions.defaults());

        end(supervisor(container.record().id()));
        container.machine().ended().get(20, TimeUnit.SECONDS);
        container.close();

        assertEquals(List.of(), image.leftovers());
    }

    /** Runs the program up to a point, and kills it. */
    private void kill(Point point, String name) throws Exception {
        StateDirectories directories = image.directories();
        Command program = Command.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LaunchingProgram.class.getName(),
                        directories.state().toString(),
                        directories.cache().toString(),
                        directories.run().toString(),
                        name,
                        point.name())
                .expectAny()
                .stdout(Output.pipe());
        try (RunningCommand running = new CommandRunner().start(program)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(running.stdout(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && !line.equals("at " + point)) {
                image.learn(line);
                line = lines.readLine();
            }
            if (line == null) {
                fail("the program ended before it was " + point + ": "
                        + running.await().errorText());
            }
            started = processes(machine());
            running.kill();
        }
    }

    private String machine() throws IOException {
        try (DirectoryStream<Path> machines =
                Files.newDirectoryStream(image.directories().run().resolve("machines"))) {
            return machines.iterator().next().getFileName().toString();
        }
    }

    private ProcessHandle supervisor(String id) throws IOException {
        return process(id, "supervise.sh run");
    }

    /** The first process, the parent of others alike, whose command line names the machine's runtime directory. */
    private ProcessHandle process(String id, String program) throws IOException {
        List<ProcessHandle> found = processes(id);
        found.removeIf(process -> {
            String line = Residue.commandLine(Path.of("/proc/" + process.pid()));
            return !line.contains(program)
                    || line.startsWith("systemd-run")
                    || program.equals("systemd-nspawn") != line.startsWith(program);
        });
        return found.stream()
                .filter(handle ->
                        handle.parent().map(parent -> !found.contains(parent)).orElse(true))
                .findFirst()
                .orElseThrow();
    }

    private static void end(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        process.onExit().get(20, TimeUnit.SECONDS);
    }

    /** Those that were started for a machine; a client of systemd ends a moment after its unit. */
    private List<ProcessHandle> processes(String id) throws IOException {
        String run = image.directories().run().resolve("machines/" + id).toString();
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (Residue.commandLine(process).contains(run)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private void awaitEnd() throws Exception {
        for (ProcessHandle process : started) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
    }
}

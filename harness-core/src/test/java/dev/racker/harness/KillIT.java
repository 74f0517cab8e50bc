package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.racker.harness.LaunchingProgram.Point;
import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.acquire.PullResult;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        image.harness().store().containers().find("kept").ifPresent(record -> image.remove(record.id()));
        assertEquals(List.of(), image.leftovers());
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"UNPACK", "BEFORE_PROVISIONING", "PROVISIONING"},
            mode = EnumSource.Mode.EXCLUDE)
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
            names = {"DURING_BOOT", "HELD_PAYLOAD", "PAYLOAD"})
    void the_machine_of_a_program_that_is_killed_goes_by_itself(Point point) throws Exception {
        kill(point, "-");

        awaitEnd();

        assertEquals(List.of(), image.leftovers());
    }

    @Test
    void of_a_program_that_is_killed_while_it_unpacks_the_next_sweep_leaves_nothing() throws Exception {
        Path tree = Files.createDirectories(image.directories().state().resolveSibling("tree/usr/share"));
        Files.writeString(tree.resolve("unpacked"), "whole\n");
        Path archive = image.directories().state().resolveSibling("tree.tar");
        new CommandRunner()
                .run(Command.of(
                        "tar",
                        "-cf",
                        archive.toString(),
                        "-C",
                        archive.resolveSibling("tree").toString(),
                        "usr"));
        kill(Point.UNPACK, "-", archive.toString());
        assertEquals(2, image.leftovers().size(), "the pull and the tree that it made: " + image.leftovers());

        image.harness().sweep();

        assertCleanAndIntact();
        PullResult pulled = image.harness()
                .images()
                .pull(PullRequest.of(ImageReference.parse(archive.toString())), Progress.none());
        Path layer =
                image.harness().store().layers().path(pulled.image().layers().get(0));
        assertEquals("whole\n", Files.readString(layer.resolve("usr/share/unpacked")));
        image.harness().images().remove(archive.toString(), false);
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"BEFORE_PROVISIONING", "PROVISIONING"})
    void of_a_program_that_is_killed_while_it_makes_an_image_bootable_the_next_sweep_leaves_nothing(Point point)
            throws Exception {
        try (ServerSocket mirror = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            StoredImage bare = image.put("bare:" + point.name().toLowerCase(Locale.ROOT), Boot.PENDING, asking(mirror));
            kill(point, "-", bare.name(), mirror);
            awaitEnd();
            if (point == Point.PROVISIONING) {
                assertEquals(1, image.leftovers().size(), "the layer that was being made: " + image.leftovers());
            }

            image.harness().sweep();

            assertCleanAndIntact();
            assertEquals(
                    Boot.PENDING,
                    image.harness()
                            .store()
                            .images()
                            .find(bare.name())
                            .orElseThrow()
                            .boot());
            Thread answers = new Thread(() -> answer(mirror));
            answers.start();
            StoredImage bootable = image.harness().images().bootable(bare, Progress.none());
            answers.join();
            assertEquals(Boot.LAYER, bootable.boot());
            Path layer = image.harness().store().layers().path(bootable.bootLayer());
            assertEquals("installed\n", Files.readString(layer.resolve("etc/installed")));
        }
    }

    /** A Debian whose package manager does nothing but ask a server of the host whether it may go on. */
    private List<LayerId> asking(ServerSocket mirror) {
        String program = """
                #!/bin/bash
                case $* in
                    *install*)
                        exec 3<>/dev/tcp/127.0.0.1/%d || exit
                        read -r word <&3
                        [ "$word" = go ] && echo installed >/etc/installed
                        ;;
                esac
                """.formatted(mirror.getLocalPort());
        return List.of(image.bare(), image.layer(Map.of("usr/bin/apt-get", program)));
    }

    private static void answer(ServerSocket mirror) {
        try (Socket asking = mirror.accept()) {
            asking.getOutputStream().write("go\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertCleanAndIntact() throws IOException {
        assertEquals(List.of(), image.leftovers());
        try (DirectoryStream<Path> locks =
                Files.newDirectoryStream(image.directories().run().resolve("locks"))) {
            assertFalse(locks.iterator().hasNext(), "a lock is left");
        } catch (NoSuchFileException e) {
            assertFalse(Files.exists(image.directories().run().resolve("locks")), "no lock was ever made");
        }
        StoredImage complete =
                image.harness().store().images().find(image.debian().name()).orElseThrow();
        try (Container container = image.boot(complete)) {
            assertEquals("systemd", container.run("cat", "/proc/1/comm").text());
        }
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
        assertFalse(image.harness().containers().state(record).isRunning());
        assertEquals(2, image.leftovers().size(), image.leftovers().toString());
        image.remove("kept");
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
            end(processes().process(container.record().shortId(), "systemd-nspawn"));

            container.machine().ended().get(20, TimeUnit.SECONDS);
            assertEquals(List.of(), image.leftovers());
        }
    }

    @Test
    void of_a_machine_whose_supervisor_is_killed_nothing_is_left_when_it_is_closed() throws Exception {
        Container container = image.boot(image.debian(), ContainerOptions.defaults());

        end(processes().supervisor(container.record().shortId()));
        container.machine().ended().get(20, TimeUnit.SECONDS);
        container.close();

        assertEquals(List.of(), image.leftovers());
    }

    private void kill(Point point, String name) throws Exception {
        kill(point, name, "-");
    }

    private void kill(Point point, String name, String subject) throws Exception {
        kill(point, name, subject, null);
    }

    /** Runs the program up to a point, or until the server is asked by what the program started, and kills it. */
    private void kill(Point point, String name, String subject, ServerSocket asked) throws Exception {
        Command program = TestProgram.inStore(image.directories(), LaunchingProgram.class, name, point.name(), subject);
        try (RunningCommand running = new CommandRunner().start(program)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(running.stdout(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && !line.equals("at " + point)) {
                image.learn(line);
                line = point == Point.PROVISIONING && line.contains("supervise.sh run ")
                        ? awaitQuestion(asked, point)
                        : lines.readLine();
            }
            if (line == null) {
                fail("the program ended before it was " + point + ": "
                        + running.await().errorText());
            }
            started = processes().all();
            running.kill();
        }
    }

    private static String awaitQuestion(ServerSocket asked, Point point) throws IOException {
        asked.setSoTimeout(60_000);
        asked.accept(); // left open: who asks goes on waiting until it is killed
        return "at " + point;
    }

    private static void end(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        process.onExit().get(20, TimeUnit.SECONDS);
    }

    private MachineProcesses processes() {
        return new MachineProcesses(image);
    }

    private void awaitEnd() throws Exception {
        for (ProcessHandle process : started) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
    }
}

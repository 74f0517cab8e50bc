package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.InotifyInstances;
import dev.racker.harness.TestImage;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.store.StoredImage;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How machines begin and end: cleanly, side by side and by themselves. */
@ExtendWith(TestImage.Shared.class)
class MachineLifeIT {

    private static final ContainerOptions OFFLINE = ContainerOptions.defaults().on(NetworkMode.NONE);
    private static final int MANY = 20;

    private TestImage image;

    @BeforeEach
    void use(TestImage shared) {
        image = shared;
    }

    @AfterEach
    void nothing_is_left() {
        assertEquals(List.of(), image.leftovers());
    }

    @Test
    void a_machine_that_is_stopped_powers_off_cleanly() throws Exception {
        ContainerOptions kept = kept("stopped");
        Container container = image.boot(image.debian(), kept);
        try {
            container
                    .machine()
                    .run(
                            "sh",
                            "-c",
                            "echo '[Service]\nType=oneshot\nRemainAfterExit=yes\n"
                                    + "ExecStop=/usr/bin/touch /srv/stopped' >/run/systemd/system/last.service; systemctl start last");

            container.machine().stop(Duration.ofSeconds(30));

            int end = container.machine().ended().get(0, TimeUnit.SECONDS);
            assertEquals(0, end, "systemd-nspawn says that the guest powered off");
            assertTrue(Files.exists(upper(container).resolve("srv/stopped")), "units were stopped first");
        } finally {
            container.close();
            image.remove("stopped");
        }
    }

    @Test
    void a_machine_that_does_not_stop_in_time_is_killed() {
        Container container = image.boot(image.debian(), OFFLINE);
        container
                .machine()
                .run(
                        "sh",
                        "-c",
                        "echo '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStop=/bin/sleep 600'"
                                + " >/run/systemd/system/slow.service; systemctl start slow");

        container.machine().stop(Duration.ofMillis(300));

        assertFalse(container.machine().isAlive());
        container.close();
    }

    @Test
    void a_machine_that_powers_itself_off_takes_all_of_it_along() throws Exception {
        Container container = image.boot(image.debian(), OFFLINE);

        container.machine().run("systemctl", "poweroff", "--no-block");

        assertEquals(0, container.machine().ended().get(30, TimeUnit.SECONDS));
        assertEquals(List.of(), image.leftovers());
        container.close();
        container.close();
    }

    @Test
    void work_in_a_machine_that_has_ended_is_an_error_and_no_status() {
        Container container = image.boot(image.debian(), OFFLINE);
        container.close();

        assertThrows(HarnessException.class, () -> container.machine().run("true"));
    }

    @Test
    void a_wait_ends_when_the_machine_does() {
        try (Container container = image.boot(image.debian(), OFFLINE)) {
            Machine machine = container.machine();
            List<CompletableFuture<Throwable>> waits = new ArrayList<>();
            for (Runnable wait : List.<Runnable>of(
                    () -> machine.readiness().awaitUnit("rescue.service", Duration.ofMinutes(2)),
                    () -> machine.readiness().awaitPort(4322, Duration.ofMinutes(2)))) {
                waits.add(CompletableFuture.supplyAsync(() -> assertThrows(HarnessException.class, wait::run)));
            }
            machine.kill();

            for (CompletableFuture<Throwable> wait : waits) {
                String message = wait.orTimeout(30, TimeUnit.SECONDS).join().getMessage();
                assertTrue(message.contains("has ended"), message);
            }
        }
    }

    @Test
    void a_payload_ends_with_its_machine() throws Exception {
        try (Container container = image.boot(image.debian(), OFFLINE)) {
            Payload sleeps =
                    Payload.of("sh", "-c", "echo ready; exec sleep 600").stdout(Output.pipe());
            try (RunningPayload running = container.machine().start(sleeps)) {
                BufferedReader out = running.stdoutReader();
                assertEquals("ready", out.readLine());
                container.machine().kill();

                assertEquals(null, out.readLine());
                assertEquals(137, running.await().status());
            }
        }
    }

    @Test
    void two_machines_of_one_image_do_not_touch_each_other() {
        try (Container one = image.boot(image.debian(), OFFLINE);
                Container two = image.boot(image.debian(), OFFLINE)) {
            for (Container container : List.of(one, two)) {
                container.machine().run("systemd-run", "--unit=same", "sleep", "600");
            }
            assertEquals("active", state(two, "same"));

            one.machine().run("systemctl", "kill", "--signal=KILL", "same");
            one.machine().run("touch", "/srv/only-here");

            assertEquals("failed", state(one, "same").replace("inactive", "failed"));
            assertEquals("active", state(two, "same"));
            assertEquals(1, two.machine().run("test", "-e", "/srv/only-here").status());
        }
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void twenty_machines_of_one_image_run_side_by_side() throws Exception {
        StoredImage debian = image.debian();
        try (InotifyInstances enough = InotifyInstances.forMachines(MANY)) {
            runSideBySide(debian);
        }
    }

    private void runSideBySide(StoredImage debian) throws Exception {
        int many = MANY;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        List<Container> containers = new ArrayList<>();
        try {
            List<Future<Container>> boots = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                boots.add(threads.submit(() -> image.boot(debian, OFFLINE.bootWithin(Duration.ofSeconds(90)))));
            }
            Throwable failure = null;
            for (Future<Container> boot : boots) {
                try {
                    containers.add(boot.get());
                } catch (ExecutionException e) {
                    failure = e.getCause();
                }
            }
            if (failure != null) {
                throw new AssertionError(
                        containers.size() + " of " + many + " machines booted; inotify instances: "
                                + InotifyInstances.limit(),
                        failure);
            }
            Set<String> names = new HashSet<>();
            List<Future<String>> answers = new ArrayList<>();
            for (Container container : containers) {
                names.add(container.machine().name());
                answers.add(
                        threads.submit(() -> container.machine().run("hostname").text()));
            }
            assertEquals(many, names.size());
            Set<String> said = new HashSet<>();
            for (Future<String> answer : answers) {
                said.add(answer.get());
            }
            assertEquals(names, said);
        } finally {
            List<Future<?>> ends = new ArrayList<>();
            containers.forEach(container -> ends.add(threads.submit(container::close)));
            for (Future<?> end : ends) {
                end.get();
            }
            threads.shutdown();
        }
    }

    private static String state(Container container, String unit) {
        return container.machine().run("systemctl", "is-active", unit).text();
    }

    private static ContainerOptions kept(String name) {
        return ContainerOptions.defaults().named(name).kept().on(NetworkMode.NONE);
    }

    private static Path upper(Container container) {
        return container.machine().spec().stack().upper();
    }
}

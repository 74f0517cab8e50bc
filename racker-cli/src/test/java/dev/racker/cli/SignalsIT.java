package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static dev.racker.harness.Eventually.eventuallyIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.racker.cli.TestRacker.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to {@code racker} while a command runs in a booted machine. */
@ExtendWith(TestRacker.Shared.class)
class SignalsIT {

    private final TestRacker racker;
    private final String image;

    SignalsIT(TestRacker racker) throws Exception {
        this.racker = racker;
        this.image = racker.debian();
    }

    private Process started(String script) throws Exception {
        Process process = racker.start("run", "--rm", image, "sh", "-c", script);
        assertEquals("up", process.inputReader().readLine());
        return process;
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void a_signal_ends_payload_and_machine(String signal, int status) throws Exception {
        Process process = started("echo up; exec sleep 1000");

        racker.signal(signal, process);

        Result result = TestRacker.finish(process, InputStream.nullInputStream());
        assertEquals(status, result.status(), result.err());
        assertEquals("", result.err());
    }

    @Test
    void the_payload_hears_the_signal_and_may_finish_its_work() throws Exception {
        Process process = started("trap 'echo heard >&2; exit 3' TERM; echo up; while :; do sleep 0.1; done");

        racker.signal("TERM", process);

        Result result = TestRacker.finish(process, InputStream.nullInputStream());
        assertEquals(143, result.status(), result.err());
        assertTrue(result.err().contains("heard\n"), result.err());
    }

    @Test
    void a_second_signal_ends_what_does_not_want_to_end() throws Exception {
        Process process = started("trap 'echo heard >&2' TERM; echo up; while :; do sleep 0.1; done");
        long begin = System.nanoTime();

        racker.signal("TERM", process);
        BufferedReader err = process.errorReader();
        while (!"heard".equals(err.readLine())) {
            assertTrue(process.isAlive()); // the shell also tells the end of its child
        }
        racker.signal("TERM", process);

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        assertTrue(seconds < 9, "took " + seconds + " s, as long as the first signal alone");
    }

    @Test
    void nothing_is_left_when_racker_is_killed() throws Exception {
        Process process = started("echo up; exec sleep 1000");

        racker.signal("KILL", process);
        process.waitFor();

        if (!TestRacker.MACHINED) {
            racker.run("ps", "-a").ok();
        }
        eventually("the end of the machine", () -> racker.leftovers().isEmpty());
        racker.run("ps", "-a").ok();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void a_signal_during_the_boot_ends_it_and_leaves_nothing(String signal, int status) throws Exception {
        Path unit = Files.writeString(
                racker.files().resolve("hangs.service"), "[Service]\nType=oneshot\nExecStart=sleep 7654321\n");
        Path wants = Files.writeString(
                racker.files().resolve("wants.conf"), "[Unit]\nRequires=hangs.service\nAfter=hangs.service\n");
        Process process = racker.start(
                "run",
                "--rm",
                "-v",
                unit + ":/etc/systemd/system/hangs.service:ro",
                "-v",
                wants + ":/etc/systemd/system/multi-user.target.d/wants.conf:ro",
                image,
                "true");
        awaitProcess("7654321");

        racker.signal(signal, process);

        assertGivenUp(process, status);
    }

    @Test
    void a_signal_while_the_machine_is_made_ends_it_and_leaves_nothing() throws Exception {
        Path machines = Files.createDirectories(racker.runDirectory().resolve("machines"));
        Process process = racker.start("run", "--rm", image, "sleep", "1000");
        eventuallyIn(
                machines, "the start of the machine", () -> !racker.leftovers().isEmpty());

        racker.signal("INT", process);

        assertGivenUp(process, 130);
    }

    @Test
    void a_signal_during_a_download_ends_it_and_leaves_nothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 1 << 20);
            exchange.getResponseBody().write(new byte[1 << 10]);
            exchange.getResponseBody().flush();
            asked.countDown();
            awaitQuietly(end);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/root.tar";
            for (String[] command : new String[][] {{"pull", address}, {"run", "--rm", address, "true"}}) {
                Process process = racker.start(command);
                assertTrue(asked.await(60, TimeUnit.SECONDS), "nothing was asked for");

                racker.signal("INT", process);

                assertGivenUp(process, 130);
            }
        } finally {
            end.countDown();
            server.stop(0);
        }
    }

    /** Stopped in the one program of the phase that a fake on the PATH stands for. */
    @ParameterizedTest
    @CsvSource({"tar, pull", "tar, run", "du, pull", "du, run"})
    void a_signal_while_an_image_is_unpacked_ends_it_and_leaves_nothing(String program, String command)
            throws Exception {
        String fresh = TestArchives.tar(
                        TestArchives.busybox(racker.files().resolve("fresh-" + program + "-" + command)))
                .toString();
        Path fakes = racker.files().resolve("fakes-" + program + "-" + command);
        Process process = racker.startWith(
                hanging(fakes, program),
                command.equals("pull") ? new String[] {"pull", fresh} : new String[] {"run", "--rm", fresh, "true"});
        awaitFake(fakes);

        racker.signal("INT", process);

        assertGivenUp(process, 130);
        assertEquals("", racker.run("images", "-q", fresh).ok());
        assertEquals(
                0, racker.run("run", "--rm", "--network=none", fresh, "true").status(), "once more, it works");
    }

    @Test
    void a_signal_while_an_image_is_made_bootable_ends_it_and_leaves_nothing() throws Exception {
        Path tree = TestArchives.busybox(racker.files().resolve("bare"));
        Path manager = Files.createDirectories(tree.resolve("usr/bin")).resolve("apt-get");
        Files.writeString(manager, "#!/bin/sh\nexec sleep 6543210\n");
        assertTrue(manager.toFile().setExecutable(true, false));
        String bare = TestArchives.tar(tree).toString();
        racker.run("pull", bare).ok();
        Process process = racker.start("run", "--rm", bare, "true");
        awaitProcess("6543210");

        racker.signal("INT", process);

        assertGivenUp(process, 130);
        assertEquals(
                "true",
                racker.run("run", "--rm", "--systemd=false", bare, "echo", "true")
                        .ok()
                        .strip());
    }

    @Test
    void a_signal_while_a_lock_is_waited_for_ends_that() throws Exception {
        Path tree = TestArchives.busybox(racker.files().resolve("contended"));
        String contended = TestArchives.tar(tree).toString();
        Path fakes = racker.files().resolve("fakes-lock");
        Process holder = racker.startWith(hanging(fakes, "tar"), "pull", contended);
        awaitFake(fakes);
        Process waiting = racker.start("--debug", "pull", contended);
        Path threads = Path.of("/proc/" + waiting.pid() + "/task");
        eventually("a wait for the lock", () -> isWaitingForLock(threads));

        racker.signal("INT", waiting);

        assertEquals(
                130, TestRacker.finish(waiting, InputStream.nullInputStream()).status());
        racker.signal("INT", holder);
        assertGivenUp(holder, 130);
    }

    /** proc(5): where the kernel is while the thread sleeps; locks(5) has the waiting ones with an arrow. */
    private static boolean isWaitingForLock(Path threads) {
        try {
            String pid = threads.getParent().getFileName().toString();
            return Files.readAllLines(Path.of("/proc/locks")).stream()
                    .anyMatch(line -> line.contains("->") && line.contains(" " + pid + " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertGivenUp(Process process, int status) throws Exception {
        Result result = TestRacker.finish(process, InputStream.nullInputStream());
        assertEquals(status, result.status(), result.err());
        assertFalse(result.err().contains("Tried to"), result.err());
        racker.assertNothingLeft();
    }

    /** Variables with which a program is one that says that it was started, and hangs. */
    private static Map<String, String> hanging(Path directory, String program) throws IOException {
        Path fake = Files.createDirectories(directory).resolve(program);
        Files.writeString(fake, "#!/bin/sh\n: >'" + directory + "/started'\nexec sleep 8765432\n");
        assertTrue(fake.toFile().setExecutable(true));
        return Map.of("PATH", directory + ":" + System.getenv("PATH"));
    }

    private static void awaitFake(Path directory) {
        eventuallyIn(directory, "the start of the program", () -> Files.exists(directory.resolve("started")));
    }

    private static void awaitProcess(String lastWord) {
        eventually(
                "the start of the process " + lastWord,
                () -> ProcessHandle.allProcesses()
                        .anyMatch(process -> process.info()
                                .commandLine()
                                .map(line -> line.endsWith(" " + lastWord))
                                .orElse(false)));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

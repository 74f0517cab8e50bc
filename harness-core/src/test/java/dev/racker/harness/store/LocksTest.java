package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.TestProgram;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocksTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path parent;

    private Path directory;
    private Locks locks;
    private final List<RunningCommand> processes = new ArrayList<>();

    @BeforeEach
    void open() {
        directory = parent.resolve("run/locks");
        locks = new Locks(directory);
    }

    @AfterEach
    void nothing_is_left() throws IOException {
        processes.forEach(RunningCommand::close);
        locks.sweep();
        assertEquals(List.of(), files());
    }

    @Test
    void an_exclusive_lock_is_held_alone_until_it_is_closed() throws IOException {
        Lock lock = locks.exclusive("image", "docker.io/library/debian:12");

        assertTrue(locks.tryExclusive("image", "docker.io/library/debian:12").isEmpty());
        assertTrue(locks.tryShared("image", "docker.io/library/debian:12").isEmpty());
        assertTrue(locks.shared("image", "docker.io/library/debian:12", SHORT).isEmpty());
        assertTrue(
                locks.exclusive("image", "docker.io/library/debian:12", SHORT).isEmpty());
        lock.close();
        lock.close();

        assertEquals(List.of(), files());
        locks.tryExclusive("image", "docker.io/library/debian:12").orElseThrow().close();
    }

    @Test
    void locks_of_other_ids_kinds_and_directories_do_not_meet() {
        try (Lock one = locks.exclusive("a", "1");
                Lock two = locks.exclusive("a", "2");
                Lock three = locks.exclusive("b", "1");
                Lock four = new Locks(parent.resolve("other")).exclusive("a", "1")) {
            assertTrue(one != two && three != four);
        }
    }

    @Test
    void a_shared_lock_is_held_by_many_and_keeps_the_exclusive_one_away() throws IOException {
        Lock first = locks.shared("kind", "id");
        Lock second = new Locks(directory).shared("kind", "id");

        first.close();
        assertTrue(locks.tryExclusive("kind", "id").isEmpty());
        assertEquals(1, files().size());
        second.close();

        assertEquals(List.of(), files());
        locks.tryExclusive("kind", "id").orElseThrow().close();
    }

    @Test
    void two_instances_in_one_process_see_each_other() {
        try (Lock lock = locks.exclusive("kind", "id")) {
            assertTrue(new Locks(directory).tryShared("kind", "id").isEmpty(), lock.toString());
        }
    }

    @Test
    void another_thread_may_close_a_lock_and_a_waiting_one_gets_it() throws Exception {
        Lock lock = locks.exclusive("kind", "id");
        CompletableFuture<Lock> waiting =
                CompletableFuture.supplyAsync(() -> locks.exclusive("kind", "id"), task -> new Thread(task).start());

        CompletableFuture.runAsync(lock::close, task -> new Thread(task).start())
                .get(10, TimeUnit.SECONDS);

        waiting.get(10, TimeUnit.SECONDS).close();
    }

    @Test
    void an_interrupted_wait_ends_and_keeps_the_interrupt() throws InterruptedException {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        try (Lock lock = locks.exclusive("kind", "id")) {
            Thread thread = new Thread(() -> {
                HarnessException failure = assertThrows(HarnessException.class, () -> locks.exclusive("kind", "id"));
                seen.set(Thread.currentThread().isInterrupted() ? failure : null);
            });
            thread.start();
            thread.interrupt();
            thread.join();
            assertTrue(lock != null && seen.get() != null);
        }
    }

    @Test
    void a_lock_of_another_process_is_respected_and_ends_with_it_even_when_it_is_killed() throws Exception {
        RunningCommand other = start("exclusive");

        assertTrue(locks.tryShared("kind", "id").isEmpty());
        assertTrue(locks.exclusive("kind", "id", SHORT).isEmpty());
        assertTrue(locks.shared("kind", "id", SHORT).isEmpty());
        locks.sweep();
        assertEquals(1, files().size());
        CompletableFuture<Lock> waiting =
                CompletableFuture.supplyAsync(() -> locks.shared("kind", "id"), task -> new Thread(task).start());
        CompletableFuture<Lock> waitingWithDeadline = CompletableFuture.supplyAsync(
                () -> locks.shared("kind", "id", Duration.ofSeconds(30)).orElseThrow(),
                task -> new Thread(task).start());
        assertFalse(waiting.isDone());
        other.kill();

        waiting.get(10, TimeUnit.SECONDS).close();
        waitingWithDeadline.get(10, TimeUnit.SECONDS).close();
        assertEquals(List.of(), files());
    }

    @Test
    void a_shared_lock_is_shared_with_another_process_and_the_last_one_removes_the_file() throws Exception {
        RunningCommand other = start("shared");

        Lock lock = locks.tryShared("kind", "id").orElseThrow();
        assertTrue(locks.tryExclusive("kind", "id").isEmpty());
        lock.close();
        assertTrue(locks.tryExclusive("kind", "id").isEmpty());
        assertEquals(1, files().size());
        other.stdin().close();
        other.await();

        assertEquals(List.of(), files());
    }

    @Test
    void no_addition_is_lost_between_processes_and_threads_while_lock_files_come_and_go() throws Exception {
        Path counter = parent.resolve("counter");
        Files.writeString(counter, "0");
        RunningCommand one = start("count", counter.toString(), "400");
        RunningCommand two = start("count", counter.toString(), "400");
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            LockingProgram.count(new Locks(directory), counter, 400);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task).start()));
        }
        for (CompletableFuture<Void> thread : threads) {
            thread.get(30, TimeUnit.SECONDS);
        }

        assertEquals(0, one.await().status());
        assertEquals(0, two.await().status());
        assertEquals("1600", Files.readString(counter));
    }

    @Test
    void a_sweep_removes_what_killed_processes_left_and_nothing_that_is_held() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("layer-abc.lock"), "12345");
        Files.writeString(directory.resolve(".new-5"), "1");
        try (Lock lock = locks.exclusive("kind", "id")) {
            locks.sweep();
            assertEquals(List.of("kind-id.lock"), files(), lock.toString());
        }
    }

    @Test
    void a_directory_that_cannot_be_made_is_told() throws IOException {
        Files.writeString(parent.resolve("file"), "");

        HarnessException failure = assertThrows(
                HarnessException.class, () -> new Locks(parent.resolve("file/locks")).exclusive("kind", "id"));

        assertTrue(failure.getMessage().startsWith("Tried to lock "), failure.getMessage());
    }

    private RunningCommand start(String... arguments) throws IOException, InterruptedException, ExecutionException {
        Command command = Command.of(TestProgram.command(LockingProgram.class.getName(), directory.toString()))
                .with(arguments)
                .stdin(Command.Input.pipe())
                .stdout(Command.Output.pipe());
        RunningCommand process = new CommandRunner().start(command);
        processes.add(process);
        BufferedReader out = new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
        assertEquals(arguments[0].equals("count") ? "started" : "held", out.readLine());
        CompletableFuture.runAsync(() -> drain(out), task -> new Thread(task).start());
        return process;
    }

    private static void drain(BufferedReader out) {
        try {
            while (out.readLine() != null) {
                continue;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> files() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

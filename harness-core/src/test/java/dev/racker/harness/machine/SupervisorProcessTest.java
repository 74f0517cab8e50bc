package dev.racker.harness.machine;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupervisorProcessTest {

    private Process parent;
    private SupervisorProcess process;

    /** Its parent becomes a program that never asks about its children. */
    @BeforeEach
    void start() throws Exception {
        parent = new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; exec sleep 1000").start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        process = new SupervisorProcess(ProcessHandle.of(pid).orElseThrow());
        Path name = Path.of("/proc/" + parent.pid() + "/comm");
        eventually("the other program", () -> Files.readString(name).strip().equals("sleep"));
    }

    @AfterEach
    void end() throws Exception {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        parent.destroyForcibly().waitFor();
    }

    @Test
    void one_that_runs_is_waited_for() {
        assertTrue(process.isAlive());
        assertFalse(process.endsWithin(Duration.ofMillis(20)));
        assertFalse(process.ended().isDone());
    }

    @Test
    void one_that_has_ended_is_not_even_when_nobody_has_asked_about_it() throws Exception {
        ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();

        assertEquals(-1, process.ended().get(20, TimeUnit.SECONDS));
        assertFalse(process.isAlive());
        assertTrue(process.endsWithin(Duration.ofSeconds(20)));
        assertTrue(ProcessHandle.of(process.pid()).isPresent(), "for Java it is still there");
    }
}

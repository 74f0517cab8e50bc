package dev.racker.harness.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {

    @Test
    void a_signal_that_came_early_is_told_to_what_begins_later() throws Exception {
        Signals signals = Signals.hear(status -> {}, status -> {});
        CountDownLatch first = new CountDownLatch(1);
        BlockingQueue<String> second = new LinkedBlockingQueue<>();
        signals.deliver(name -> first.countDown(), () -> {});

        new ProcessBuilder(
                        "kill", "-TERM", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        assertTrue(first.await(20, TimeUnit.SECONDS));
        signals.deliver(second::add, () -> {});

        assertEquals("TERM", second.poll(20, TimeUnit.SECONDS));
        assertEquals(143, signals.status());
    }
}

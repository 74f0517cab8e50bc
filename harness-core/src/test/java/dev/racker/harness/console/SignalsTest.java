package dev.racker.harness.console;

import static dev.racker.harness.Eventually.eventually;
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
        signals.heard();
        CountDownLatch first = new CountDownLatch(1);
        BlockingQueue<String> second = new LinkedBlockingQueue<>();
        signals.deliver(name -> first.countDown(), () -> {});

        terminate();
        assertTrue(first.await(20, TimeUnit.SECONDS));
        signals.deliver(second::add, () -> {});

        assertEquals("TERM", second.poll(20, TimeUnit.SECONDS));
        assertEquals(143, signals.status());
    }

    @Test
    void a_held_signal_waits_for_what_it_is_meant_for() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Signals signals = holding(told);

        signals.deliver(name -> told.add("after " + name), () -> {});

        assertEquals("after TERM", told.poll(20, TimeUnit.SECONDS));
        assertTrue(told.isEmpty(), told::toString);
    }

    @Test
    void the_next_signal_does_not_wait() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        holding(told);

        terminate();
        assertEquals("before TERM", told.poll(20, TimeUnit.SECONDS));
        terminate();

        assertEquals("again", told.poll(20, TimeUnit.SECONDS));
    }

    /** One that has heard a signal and holds it. */
    private static Signals holding(BlockingQueue<String> told) throws Exception {
        Signals signals = Signals.hear(status -> {}, status -> {});
        signals.heard();
        signals.deliver(name -> told.add("before " + name), () -> told.add("again"));
        signals.hold();
        terminate();
        eventually("the signal", () -> signals.status() == 143);
        return signals;
    }

    private static void terminate() throws Exception {
        new ProcessBuilder(
                        "kill", "-TERM", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
    }
}

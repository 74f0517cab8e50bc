package dev.racker.harness.console;

import dev.racker.harness.error.HarnessException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * SIGINT, SIGTERM and SIGHUP: the first one is handed on, so that everything ends cleanly; the next one ends it at once.
 *
 * <p>Only {@code sun.misc.Signal} of the module jdk.unsupported hears a signal without ending the program; the compiler
 * warns about each use of it, so it is used by reflection.
 */
public final class Signals {

    private static final int HANGUP = 1;
    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;
    private static final int WINDOW_CHANGE = 28;
    private static final long PATIENCE_SECONDS = 10;
    private static final long LONGEST_WAY_OUT_SECONDS = 30;

    private final IntConsumer exit;
    private final IntConsumer halt;
    private final AtomicInteger received = new AtomicInteger();
    private Runnable atOnce;
    private Consumer<String> handOn = name -> leave();

    private final FutureTask<Void> hearing = new FutureTask<>(this::hear, null);

    private Signals(IntConsumer exit, IntConsumer halt) {
        this.exit = exit;
        this.halt = halt;
        this.atOnce = () -> halt.accept(status());
    }

    /**
     * Begins to hear signals; before anything is handed on to, the first one ends the program and its children. Until they
     * are heard, which {@link #heard} waits for, a signal ends the program at once: that takes a few milliseconds, which
     * nobody has to wait for who has nothing to clean up yet.
     *
     * @param exit ends the program with a status, as {@link System#exit(int)} does
     * @param halt ends it at once, as {@link Runtime#halt(int)} does
     */
    public static Signals hear(IntConsumer exit, IntConsumer halt) {
        Signals signals = new Signals(exit, halt);
        Thread thread = new Thread(signals.hearing, "hear signals");
        thread.setDaemon(true);
        thread.start();
        return signals;
    }

    private void hear() {
        for (int number : new int[] {HANGUP, INTERRUPT, TERMINATE}) {
            handle(name(number), () -> received(number));
        }
    }

    /** Waits until signals are heard. */
    public void heard() {
        try {
            hearing.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new HarnessException(
                    "Tried to hear signals, but: " + e.getCause().getMessage(), null, e);
        }
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            InvocationHandler received = (proxy, method, arguments) -> {
                action.run();
                return null;
            };
            handle.invoke(
                    null,
                    signal.getConstructor(String.class).newInstance(name),
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, received));
        } catch (ReflectiveOperationException e) {
            throw new HarnessException("Tried to hear signals, but this Java has no sun.misc.Signal.", null, e);
        }
    }

    private static String name(int number) {
        return switch (number) {
            case HANGUP -> "HUP";
            case INTERRUPT -> "INT";
            case WINDOW_CHANGE -> "WINCH";
            default -> "TERM";
        };
    }

    /**
     * Lets the first signal give the work up: the program is expected to end by itself then, and made to end when it does
     * not; the next signal ends it at once.
     */
    public void giveUp(Runnable action) {
        deliver(
                name -> {
                    action.run();
                    try {
                        TimeUnit.SECONDS.sleep(LONGEST_WAY_OUT_SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    leave();
                },
                () -> halt.accept(status()));
    }

    /**
     * Keeps the first signal for whoever says next what it does: what it is meant for begins before anybody can say so.
     * The next signal does what the first one would have done.
     */
    public void hold() {
        synchronized (this) {
            Consumer<String> first = handOn;
            Runnable last = atOnce;
            handOn = name -> {};
            atOnce = () -> {
                synchronized (this) {
                    atOnce = last;
                }
                first.accept(name(received.get()));
            };
        }
    }

    /**
     * Says what the first signal, by its name, and the next ones do. One that has come already is handed on at once, in a
     * thread of its own: whoever was told of it before knew nothing of what has begun since.
     */
    public void deliver(Consumer<String> first, Runnable next) {
        int late;
        synchronized (this) {
            handOn = first;
            atOnce = next;
            late = received.get();
        }
        if (late != 0) {
            Thread thread = new Thread(() -> first.accept(name(late)), "late signal");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Says what is done when the terminal has another size. */
    public void resize(Runnable action) {
        handle(name(WINDOW_CHANGE), action);
    }

    /** 128 + n when signal n came; 0 when none did. */
    public int status() {
        return received.get() == 0 ? 0 : 128 + received.get();
    }

    private void received(int number) {
        boolean first;
        Consumer<String> hand;
        Runnable end;
        synchronized (this) {
            first = received.compareAndSet(0, number);
            hand = handOn;
            end = atOnce;
        }
        if (first) {
            hand.accept(name(number));
        } else {
            end.run();
        }
    }

    /** What is half done is recognised and removed by the next command; only children must not go on alone. */
    private void leave() {
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        for (ProcessHandle child : children) {
            try {
                child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                child.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exit.accept(status());
    }
}

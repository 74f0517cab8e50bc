package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * SIGINT, SIGTERM and SIGHUP: the first one is handed on, so that everything ends cleanly; the next one ends it at once.
 *
 * <p>Only {@code sun.misc.Signal} of the module jdk.unsupported hears a signal without ending the program; the compiler
 * warns about each use of it, so it is used by reflection.
 */
final class Signals {

    private static final int HANGUP = 1;
    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;

    private final AtomicInteger received = new AtomicInteger();
    private volatile Runnable atOnce = () -> {};
    private volatile Consumer<String> handOn = name -> {};
    private volatile String first;

    /** Begins to hear signals; before anything is handed on to, the first one is only remembered. */
    static Signals hear() {
        Signals signals = new Signals();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            for (int number : new int[] {HANGUP, INTERRUPT, TERMINATE}) {
                String name = name(number);
                InvocationHandler received = (proxy, method, arguments) -> {
                    signals.received(name, number);
                    return null;
                };
                handle.invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, received));
            }
        } catch (ReflectiveOperationException e) {
            throw new HarnessException("Tried to hear signals, but this Java has no sun.misc.Signal.", null, e);
        }
        return signals;
    }

    private static String name(int number) {
        return switch (number) {
            case HANGUP -> "HUP";
            case INTERRUPT -> "INT";
            default -> "TERM";
        };
    }

    /** Says what the first signal, by its name, and the next ones do; a first one that has come is handed on now. */
    void deliver(Consumer<String> first, Runnable atOnce) {
        this.atOnce = atOnce;
        this.handOn = first;
        String early = this.first;
        if (early != null) {
            first.accept(early);
        }
    }

    /** 128 + n when signal n came; 0 when none did. */
    int status() {
        return received.get() == 0 ? 0 : 128 + received.get();
    }

    private void received(String name, int number) {
        if (received.compareAndSet(0, number)) {
            first = name;
            handOn.accept(name);
        } else {
            atOnce.run();
        }
    }
}

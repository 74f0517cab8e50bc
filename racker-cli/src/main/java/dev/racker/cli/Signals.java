package dev.racker.cli;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** SIGINT and SIGTERM: the first one is handed on, so that everything ends cleanly; the next one ends it at once. */
@SuppressWarnings("sunapi") // nothing else in Java hears a signal without ending the program
final class Signals {

    private final AtomicInteger received = new AtomicInteger();
    private volatile Runnable atOnce = () -> {};
    private volatile java.util.function.Consumer<String> handOn = name -> {};
    private volatile String first;

    /** Begins to hear signals; before anything is handed on to, the first one is only remembered. */
    static Signals hear() {
        Signals signals = new Signals();
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), signal -> signals.received(signal.getName(), signal.getNumber()));
        }
        return signals;
    }

    /** Says what the first signal, by its name, and the next ones do; a first one that has come is handed on now. */
    void deliver(java.util.function.Consumer<String> first, Runnable atOnce) {
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

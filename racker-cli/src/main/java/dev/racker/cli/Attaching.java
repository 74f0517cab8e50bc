package dev.racker.cli;

import dev.racker.harness.ContainerConsole;
import dev.racker.harness.Containers;
import dev.racker.harness.Events;
import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.store.ContainerRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

/** Connects this process's streams to a container that runs without it. */
final class Attaching {

    private final Session session;
    private final Signals signals;
    private final DetachKeys keys;
    private final boolean input;
    private final Consumer<String> proxy;
    private volatile boolean detached;

    /**
     * Takes what decides how.
     *
     * @param input whether this process's standard input is passed on, when the container takes any
     * @param proxy gets the signals that this process is sent, by name; null when they end the attachment alone
     */
    Attaching(Session session, Signals signals, DetachKeys keys, boolean input, Consumer<String> proxy) {
        this.session = session;
        this.signals = signals;
        this.keys = keys;
        this.input = input;
        this.proxy = proxy;
    }

    /**
     * Starts a container that does not run, and stays; it goes on when this process is gone.
     *
     * @param again see {@link dev.racker.harness.ContainerLauncher#start(ContainerRecord, List)}
     */
    int start(Harness harness, ContainerRecord record, List<String> again) {
        try (ContainerConsole console = harness.containers().console(record)) {
            harness.events().container("attach", record);
            harness.launcher().start(record, again);
            int status = stay(harness, record, console);
            tellOutOfMemory(harness.containers(), record);
            return status;
        }
    }

    /** Stays with a container that runs. */
    int join(Harness harness, ContainerRecord record) {
        Containers containers = harness.containers();
        containers.requireUnpaused(containers.running(record));
        harness.events().container("attach", record);
        try (ContainerConsole console = containers.console(record)) {
            return stay(harness, record, console);
        }
    }

    private void tellOutOfMemory(Containers containers, ContainerRecord record) {
        if (containers.find(record.id()).isPresent() && containers.state(record).oomKilled()) {
            session.err()
                    .println(Foreground.outOfMemory(
                            containers.options(record).limits().memory()));
        }
    }

    /** Stays until the container ends, whose exit status this gives, or the keys are pressed. */
    private int stay(Harness harness, ContainerRecord record, ContainerConsole console) {
        boolean here = console.hasTerminal() && Terminals.isTerminal(0) && Terminals.isTerminal(1);
        boolean raw = here && input && console.takesInput(); // else no key could end this
        signals.deliver(
                name -> {
                    if (proxy == null || here) {
                        console.close();
                    } else {
                        proxy.accept(name);
                    }
                },
                console::close);
        if (raw) {
            onTerminal(harness.events(), record, console);
        } else {
            follow(console);
        }
        if (detached) {
            harness.events().container("detach", record);
            session.err().println("read escape sequence");
            return ExitStatus.OK;
        }
        boolean gone = signals.status() != 0 && (proxy == null || here);
        return gone ? signals.status() : console.await();
    }

    private void onTerminal(Events events, ContainerRecord record, ContainerConsole console) {
        try (RawTerminal terminal = RawTerminal.open(session.runner())) {
            int[] size = terminal.size();
            console.resize(size[0] + 1, size[1] + 1); // a change of the size lets programs draw their screen anew
            Runnable resize = () -> {
                int[] now = terminal.size();
                console.resize(now[0], now[1]);
                events.container("resize", record, "height", "" + now[0], "width", "" + now[1]);
            };
            resize.run();
            signals.resize(resize);
            follow(console);
            if (detached) {
                int[] left = terminal.size();
                console.resize(left[0] + 1, left[1] + 1); // so that the next one to attach brings a change for certain
            }
        }
    }

    private void follow(ContainerConsole console) {
        if (input && console.takesInput()) {
            Thread typing = new Thread(() -> type(console), "input");
            typing.setDaemon(true);
            typing.start();
        }
        PrintStream out = session.out();
        console.follow(out, session.err());
    }

    private void type(ContainerConsole console) {
        byte[] typed = new byte[4096];
        InputStream in = System.in;
        try (OutputStream to = console.input()) {
            for (int count = in.read(typed); count >= 0; count = in.read(typed)) {
                to.write(keys.pass(typed, count));
                to.flush();
                if (keys.arePressed()) {
                    detached = true;
                    console.close();
                    return;
                }
            }
        } catch (IOException e) {
            session.detail("The input of the container has ended: " + e.getMessage() + ".");
        }
    }
}

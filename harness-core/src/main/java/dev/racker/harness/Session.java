package dev.racker.harness;

import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.acquire.HttpDownloader;
import dev.racker.harness.console.Signals;
import dev.racker.harness.console.TerminalProgress;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Host;
import dev.racker.harness.host.Requirements;
import dev.racker.harness.host.Tool;
import dev.racker.harness.process.Cancellation;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.Store;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * What the commands of one call of a program share: the global options, the streams, and the harness, opened when asked
 * for.
 */
public final class Session {

    private final String program;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private boolean verbose;
    private boolean debug;
    private Host host;
    private Harness harness;
    private Signals signals; // null until there is work that they give up
    private final Cancellation cancellation = new Cancellation();
    private final Supplier<? extends CuratedReleases> curated;
    private CuratedReleases catalogue;

    /**
     * Begins a call.
     *
     * @param program the name that its messages begin with
     * @param curated opens the catalogue; asked once, and only when a label or an unknown image is asked about
     */
    public Session(
            String program,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            Supplier<? extends CuratedReleases> curated) {
        this.program = program;
        this.curated = curated;
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /** Where data goes. */
    public PrintStream out() {
        return out;
    }

    /** Where everything else goes. */
    public PrintStream err() {
        return err;
    }

    /** The environment of the process. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Says more about what is done from now on, or not. */
    public void verbose(boolean value) {
        verbose = value;
    }

    /** Shows commands and stack traces from now on, or not. */
    public void debug(boolean value) {
        debug = value;
    }

    /** Says whether commands and stack traces are shown. */
    public boolean isDebug() {
        return debug;
    }

    /** Says whether the user asked for more. */
    public boolean isVerbose() {
        return verbose || debug;
    }

    /** Tells what is only of interest to those who asked for more. */
    public void detail(String line) {
        if (isVerbose()) {
            err.println(line);
        }
    }

    /** The machine this runs on. */
    public Host host() {
        if (host == null) {
            host = Host.local();
        }
        return host;
    }

    /** The gate to other programs; it shows them with {@code --debug}. */
    public CommandRunner runner() {
        return new CommandRunner(debug ? line -> err.println("+ " + line) : line -> {}, cancellation);
    }

    /** Where everything is kept. */
    public StateDirectories directories() {
        return StateDirectories.fromEnvironment(environment);
    }

    /** What is on disk, for those who only look. */
    public Store store() {
        return Store.open(directories(), runner());
    }

    /** What downloads packages into the cache. */
    public HttpDownloader downloader() {
        Store store = store();
        return new HttpDownloader(store.paths().downloads(), store.locks(), cancellation);
    }

    /** Opens the harness after checking that this is root and that these tools are there. */
    public Harness harness(Tool... tools) {
        if (harness == null) {
            Requirements.checkRoot(host(), program);
            Requirements.check(host(), tools);
            harness = Harness.open(directories(), runner(), host(), this::catalogue);
            if (signals != null) {
                signals.heard(); // what is made from here on has to be cleaned up
            }
            harness.sweep();
        }
        return harness;
    }

    /**
     * Does work that SIGINT, SIGTERM or SIGHUP gives up: whatever it waits for is ended, and it removes what is half done
     * on its way out. Gives 128 + n after signal n, otherwise what the work gives. The work may tell the signals
     * something else to do.
     */
    public int interruptible(ToIntFunction<Signals> work) {
        signals = Signals.hear(System::exit, Runtime.getRuntime()::halt);
        signals.giveUp(cancellation::request);
        if (harness != null) {
            signals.heard();
        }
        try {
            int status = work.applyAsInt(signals);
            return signals.status() == 0 ? status : signals.status();
        } catch (RuntimeException failure) {
            if (signals.status() == 0) {
                throw failure;
            }
            if (debug) {
                failure.printStackTrace(err);
            }
            return signals.status(); // whatever failed then failed because of the signal
        }
    }

    /** Ends whatever is waited for; what is half done is removed on the way out. */
    public void giveUp() {
        cancellation.request();
    }

    private CuratedReleases catalogue() {
        if (catalogue == null) {
            catalogue = curated.get();
        }
        return catalogue;
    }

    /** Tells a failure: one line says what failed, one what to do; a stack trace only with {@code --debug}. */
    public void tell(Exception failure) {
        if (failure instanceof HarnessException known) {
            err.println(program + ": " + known.getMessage());
            known.hint().ifPresent(err::println);
        } else {
            err.println(program + ": This is a defect of " + program + ": " + failure);
            err.println("Run it again with --debug, and report what it prints.");
        }
        if (debug) {
            failure.printStackTrace(err);
        }
    }

    /**
     * Ends the call: says so when not all that was printed could be written, and gives another status then.
     *
     * @param status what the call gave
     * @param lost what it gives instead of 0 when somebody waits for what is missing
     */
    public int end(int status, int lost) {
        if (!out.checkError() || !Terminals.isFile(1)) {
            return status; // whoever reads from a pipe may stop when he knows enough
        }
        err.println(program + ": Tried to write to standard output, but not all of it could be written.");
        err.println("See whether its disk is full.");
        return status == 0 ? lost : status;
    }

    /** Draws on a terminal, prints a line for each phase otherwise, nothing when {@code quiet}. */
    public Progress progress(boolean quiet) {
        return quiet ? Progress.none() : TerminalProgress.on(err);
    }
}

package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.console.TerminalProgress;
import dev.racker.harness.host.Host;
import dev.racker.harness.host.Requirements;
import dev.racker.harness.host.Tool;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.Store;
import dev.racker.images.Catalogue;
import java.io.PrintStream;
import java.util.Map;

/** What the commands of one call share: the global options, the streams, and the harness, opened when asked for. */
final class Session {

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private boolean verbose;
    private boolean debug;
    private Host host;
    private Harness harness;
    private Catalogue catalogue;

    Session(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    Map<String, String> environment() {
        return environment;
    }

    void verbose(boolean value) {
        verbose = value;
    }

    void debug(boolean value) {
        debug = value;
    }

    boolean isDebug() {
        return debug;
    }

    Failures failures() {
        return new Failures(this);
    }

    /** Tells what is only of interest to those who asked for more. */
    void detail(String line) {
        if (verbose || debug) {
            err.println(line);
        }
    }

    Host host() {
        if (host == null) {
            host = Host.local();
        }
        return host;
    }

    CommandRunner runner() {
        return debug ? new CommandRunner(line -> err.println("+ " + line)) : new CommandRunner();
    }

    StateDirectories directories() {
        return StateDirectories.fromEnvironment(environment);
    }

    /** What is on disk, for those who only look. */
    Store store() {
        return Store.open(directories(), runner());
    }

    /** Opens the harness after checking that this is root and that these tools are there. */
    Harness harness(Tool... tools) {
        if (harness == null) {
            Requirements.checkRoot(host(), "racker");
            Requirements.check(host(), tools);
            harness = Harness.open(directories(), runner(), host(), this::catalogue);
            harness.sweep();
        }
        return harness;
    }

    /** Read only when a label or an unknown image is asked about. */
    private CuratedReleases catalogue() {
        if (catalogue == null) {
            catalogue = Catalogue.fromEnvironment(environment);
        }
        return catalogue;
    }

    /** Draws on a terminal, prints a line for each phase otherwise, nothing when {@code quiet}. */
    Progress progress(boolean quiet) {
        return quiet ? Progress.none() : TerminalProgress.on(err);
    }
}

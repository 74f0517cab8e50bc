package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.acquire.ImageLoader;
import dev.racker.harness.acquire.Loaded;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the images of a file into the store. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Bring the images of an archive into the store, with their names.")
final class LoadCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "Read this file, compressed or not, or directory, and not standard input.")
    private Path input;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing while working.")
    private boolean quiet;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]",
            description = "Take the images for this platform (default: this host's).")
    private String platform;

    LoadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (input == null && Terminals.isTerminal(0)) {
            throw new HarnessException(
                    "Tried to load what standard input holds, but that is a terminal.", "Use -i FILE, or redirect it.");
        }
        return session.interruptible(signals -> load());
    }

    private int load() {
        Harness harness = session.harness(Tool.SKOPEO);
        ImageLoader loader = new ImageLoader(harness.store(), session.runner());
        Platform wanted = platform == null ? Platform.host() : Platform.parse(platform);
        List<Loaded> images = input == null
                ? loader.load(System.in, wanted, session.progress(quiet))
                : loader.load(input.toAbsolutePath(), wanted, session.progress(quiet));
        for (Loaded image : images) {
            String id = image.image().digest().toString();
            harness.events().note("image", "load", id, "name", id);
            image.names().forEach(name -> session.out().println("Loaded image: " + name.familiar()));
            if (image.names().isEmpty()) {
                session.out().println("Loaded image ID: " + image.image().digest());
            }
        }
        return ExitStatus.OK;
    }
}

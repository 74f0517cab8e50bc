package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.acquire.ConfigChange;
import dev.racker.harness.acquire.Download;
import dev.racker.harness.acquire.ImageLoader;
import dev.racker.harness.acquire.Loaded;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an image of the archive of a root file system. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Make an image of the archive of a root file system, such as racker export writes.")
final class ImportCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-c", "--change"},
            paramLabel = "INSTRUCTION",
            description = "Set a part of the image's configuration, as in a Dockerfile: CMD, ENTRYPOINT, ENV, EXPOSE, "
                    + "HEALTHCHECK, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME or WORKDIR. May be repeated.")
    private List<String> changes = new ArrayList<>();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "Say this in the image's history.")
    private String message;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing while working.")
    private boolean quiet;

    @Parameters(
            index = "0",
            paramLabel = "FILE|URL|-",
            description = "The tar archive, compressed or not; - for standard input.")
    private String source;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME[:TAG]",
            description = "What to call the image; without it, it is called by its id.")
    private String name;

    ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<ConfigChange> parsed = changes.stream().map(ConfigChange::parse).toList();
        RegistryReference target = target();
        if (source.equals("-") && Terminals.isTerminal(0)) {
            throw new HarnessException(
                    "Tried to import what standard input holds, but that is a terminal.",
                    "Name a file, or redirect it.");
        }
        return session.interruptible(signals -> bring(parsed, target));
    }

    private RegistryReference target() {
        if (name == null) {
            return null;
        }
        if (ImageReference.parse(name) instanceof RegistryReference registry && registry.digest() == null) {
            return registry;
        }
        throw new HarnessException(
                "Tried to import " + source + " as \"" + name + "\", but that is not NAME[:TAG].",
                "Write a name such as app:1.");
    }

    private int bring(List<ConfigChange> parsed, RegistryReference target) {
        Harness harness = session.harness(Tool.SKOPEO);
        ImageLoader loader = new ImageLoader(harness.store(), session.runner());
        Loaded loaded = source.equals("-")
                ? loader.importStream(System.in, target, parsed, message, session.progress(quiet))
                : loader.importFile(file(), target, parsed, message, session.progress(quiet));
        String id = loaded.image().digest().toString();
        harness.events().note("image", "import", id, "name", loaded.image().name());
        session.out().println(id);
        return ExitStatus.OK;
    }

    private Path file() {
        if (source.startsWith("http://") || source.startsWith("https://")) {
            Download.Request request = Download.Request.of(URI.create(source));
            return session.downloader()
                    .download(request, session.progress(quiet))
                    .file();
        }
        Path file = Path.of(source).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw new HarnessException(
                    "Tried to import " + source + ", but "
                            + (Files.exists(file) ? "it is no file." : "it does not exist."),
                    "Name a tar archive, or - for standard input.");
        }
        return file;
    }
}

package dev.racker.harness.acquire;

import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.Platform;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store of its own, a puller on it, and what it said. */
final class PullFixture implements Progress {

    final Store store;
    final List<String> commands = new CopyOnWriteArrayList<>();
    final List<String> notes = new CopyOnWriteArrayList<>();
    private final CuratedReleases releases;

    PullFixture(Path directory) {
        this(directory, CuratedReleases.none());
    }

    PullFixture(Path directory, CuratedReleases releases) {
        this.releases = releases;
        this.store = Store.open(
                new StateDirectories(directory.resolve("state"), directory.resolve("cache"), directory.resolve("run")),
                new CommandRunner());
    }

    PullResult pull(String reference) {
        return pull(reference, new RegistryOptions(false, null, null, null));
    }

    PullResult pull(String reference, RegistryOptions options) {
        return pull(reference, options, Platform.parse("linux/amd64"), SourceChoice.AUTO);
    }

    PullResult pull(String reference, RegistryOptions options, Platform platform, SourceChoice source) {
        return new ImagePuller(store, new CommandRunner(commands::add), releases)
                .pull(new PullRequest(ImageReference.parse(reference), platform, options, source), this);
    }

    /** The file that an image shows at a path, by its topmost layer that has one. */
    Path file(PullResult result, String path) {
        Path found = null;
        for (var layer : result.image().layers()) {
            Path file = store.layers().path(layer).resolve(path);
            found = Files.exists(file) ? file : found;
        }
        return found;
    }

    /** What no pull should leave behind. */
    List<String> leftovers() throws IOException {
        List<String> left = new ArrayList<>();
        for (Path directory :
                List.of(store.paths().layersDirectory(), store.paths().ociLayout())) {
            if (Files.isDirectory(directory)) {
                try (var entries = Files.list(directory)) {
                    entries.map(Path::getFileName)
                            .map(Path::toString)
                            .filter(name -> name.startsWith(".tmp") || name.startsWith("oci-put"))
                            .forEach(left::add);
                }
            }
        }
        return left;
    }

    static Path tree(Path directory, String... files) throws IOException {
        Files.createDirectories(directory.resolve("usr/lib"));
        for (int i = 0; i < files.length; i += 2) {
            Path file = directory.resolve(files[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, files[i + 1]);
        }
        return directory;
    }

    @Override
    public Task begin(String label, long total) {
        return Progress.none().begin(label, total);
    }

    @Override
    public void note(String line) {
        notes.add(line);
    }
}

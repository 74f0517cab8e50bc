package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.acquire.ImageSaver;
import dev.racker.harness.acquire.SaveFormat;
import dev.racker.harness.acquire.SaveRequest;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.StoredImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes images into a file. */
@Command(
        name = "save",
        mixinStandardHelpOptions = true,
        description = "Write images into an archive that docker, podman and skopeo can read, too.")
final class SaveCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write to this file, or for formats that are one to this directory, and not to standard output.")
    private Path output;

    @Option(
            names = "--format",
            paramLabel = "docker-archive|oci-archive|oci-dir|docker-dir",
            description = "In what form (default: docker-archive).")
    private String format = "docker-archive";

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing while working.")
    private boolean quiet;

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "The images, by name or id; one that is given by its id is saved without a name.")
    private List<String> images;

    SaveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        SaveFormat form = SaveFormat.parse(format);
        check(form);
        return session.interruptible(signals -> save(form));
    }

    private void check(SaveFormat form) {
        String problem = null;
        String hint = "Name it with -o.";
        if (form.isDirectory() && output == null) {
            problem = "the format " + form + " is a directory";
        } else if (output == null && Terminals.isTerminal(1)) {
            problem = "standard output is a terminal";
            hint = "Use -o FILE, or redirect it.";
        } else if (form == SaveFormat.DOCKER_DIR && images.size() > 1) {
            problem = "the format " + form + " holds one image";
            hint = "Use --format docker-archive or oci-archive.";
        }
        if (problem != null) {
            throw new HarnessException("Tried to save " + String.join(", ", images) + ", but " + problem + ".", hint);
        }
    }

    private int save(SaveFormat form) {
        Harness harness = session.harness(Tool.SKOPEO);
        List<SaveRequest> requests = requests(harness);
        ImageSaver saver = new ImageSaver(harness.store(), session.runner());
        if (form.isDirectory()) {
            try (OutputDirectory directory = OutputDirectory.open(output)) {
                saver.save(requests, form, directory.path(), session.progress(quiet));
                directory.keep();
            }
        } else if (output == null) {
            saver.save(requests, form, session.out(), session.progress(quiet));
            if (session.out().checkError()) {
                throw new HarnessException(
                        "Tried to save to standard output, but it was closed or could not be written.",
                        "Check the program that reads it, and the free space.");
            }
        } else {
            try (OutputFile file = OutputFile.open(output)) {
                saver.save(requests, form, file.stream(), session.progress(quiet));
                file.keep();
            }
        }
        for (SaveRequest request : requests) {
            String id = request.image().digest().toString();
            harness.events().note("image", "save", id, "name", id);
        }
        return ExitStatus.OK;
    }

    /** An image that is named twice is saved once, under both names. */
    private List<SaveRequest> requests(Harness harness) {
        Map<StoredImage, Set<RegistryReference>> tags = new LinkedHashMap<>();
        Map<String, StoredImage> byDigest = new LinkedHashMap<>();
        for (String image : images) {
            StoredImage stored = harness.images().stored(image);
            StoredImage first = byDigest.computeIfAbsent(stored.digest().toString(), digest -> stored);
            Set<RegistryReference> names = tags.computeIfAbsent(first, each -> new LinkedHashSet<>());
            if (!stored.digest().hex().startsWith(image.replaceFirst("^sha256:", ""))) {
                ImageName.tagged(stored).ifPresent(names::add);
            }
        }
        List<SaveRequest> requests = new ArrayList<>();
        tags.forEach((image, names) -> requests.add(new SaveRequest(image, List.copyOf(names))));
        return requests;
    }
}

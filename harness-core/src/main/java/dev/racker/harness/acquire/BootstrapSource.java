package dev.racker.harness.acquire;

import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.TarExtractor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Debian and Ubuntu made out of their packages. */
final class BootstrapSource {

    private static final int BUFFER = 1 << 17;
    private static final ImageConfig CONFIG = new ImageConfig(
            List.of(),
            List.of("bash"),
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
            "",
            "",
            "",
            Map.of(),
            List.of(),
            List.of());

    private final Mmdebstrap mmdebstrap;
    private final DigestProgram digests;
    private final LayerStore layers;
    private final TarExtractor extractor;

    BootstrapSource(Mmdebstrap mmdebstrap, DigestProgram digests, LayerStore layers, TarExtractor extractor) {
        this.mmdebstrap = mmdebstrap;
        this.digests = digests;
        this.layers = layers;
        this.extractor = extractor.content(TarExtractor.Content.ROOT_FILE_SYSTEM);
    }

    /**
     * Makes the system anew; empty when the result is what the store has already, which is so when the same packages were
     * installed on the same day.
     */
    Optional<Acquired> bring(Bootstrap recipe, PullContext context) throws IOException {
        Platform host = Platform.host();
        if (!context.platform().accepts(host)) {
            throw new SourceException(
                    "Tried to make " + context.name() + " for " + context.platform() + " from packages, but this is "
                            + host + ".",
                    "Pull it from a registry: --source registry.");
        }
        Path archive = context.work().resolve("bootstrap.tar");
        Digest digest = run(recipe, archive, context);
        if (context.known().is(digest, host)) {
            return Optional.empty();
        }
        LayerId id = LayerId.ofContent(digest);
        try (Progress.Task task = context.progress().begin("Unpacking " + context.name(), Files.size(archive))) {
            layers.ensure(id, directory -> {
                try (InputStream in =
                        new ProgressStream(new BufferedInputStream(Files.newInputStream(archive), BUFFER), task)) {
                    extractor.extract(in, directory, IdMapping.SHIFTED);
                }
            });
            task.finish();
        }
        return Optional.of(new Acquired(
                "bootstrap", "mmdebstrap:" + recipe.suite(), digest, List.of(id), CONFIG, host, Instant.now(), null));
    }

    private Digest run(Bootstrap recipe, Path archive, PullContext context) throws IOException {
        // apt gives up its privileges and must still find its way, see mmdebstrap(1) on TMPDIR.
        Path directory = Files.createDirectory(
                context.work().resolve("bootstrap"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        try (Progress.Task task = context.progress().begin("Installing " + recipe.suite() + " from packages", -1);
                RunningCommand running = mmdebstrap.start(recipe, directory, today)) {
            Digest digest;
            try (DigestStream in = digests.over(new ProgressStream(running.stdout(), task));
                    OutputStream out = Files.newOutputStream(archive)) {
                in.transferTo(out);
                digest = in.finish();
            } catch (IOException | RuntimeException e) {
                running.terminate(); // it cleans up after itself only when asked to end
                running.await();
                throw e;
            }
            CommandResult result = running.await();
            if (result.status() != 0) {
                throw failed(recipe, context, result.errorText());
            }
            task.finish();
            return digest;
        }
    }

    private static SourceException failed(Bootstrap recipe, PullContext context, String stderr) {
        String[] lines = stderr.split("\n");
        StringBuilder said = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("E: ") && said.length() < 500) {
                said.append(said.isEmpty() ? "" : "; ").append(line.substring(3).strip());
            }
        }
        String reason = said.isEmpty() ? lines[lines.length - 1] : said.toString();
        return new SourceException(
                "Tried to make " + context.name() + " (" + recipe.suite() + ") from packages with mmdebstrap, but: "
                        + reason,
                "Check that the package mirror can be reached and still carries " + recipe.suite()
                        + "; --debug shows the command.");
    }
}

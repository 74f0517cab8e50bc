package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Digest;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Decompression;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.TarExtractor;
import dev.racker.harness.store.UnpackedLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EarlyLayersIT {

    @TempDir
    Path temporary;

    private final CompletableFuture<String> decompressing = new CompletableFuture<>();
    private Path unfinished;
    private Path blob;
    private Path directory;
    private byte[] archive;
    private byte[] compressed;
    private EarlyLayers early;
    private Store store;
    private LayerFiles files;

    @BeforeEach
    void start() throws IOException {
        CommandRunner runner = new CommandRunner(this::learn);
        store = Store.open(
                new StateDirectories(temporary.resolve("state"), temporary.resolve("cache"), temporary.resolve("run")),
                runner);
        files = new LayerFiles(
                new Decompression(runner),
                new DigestProgram(runner),
                new TarExtractor(runner).content(TarExtractor.Content.OCI_LAYER),
                new Writeback(runner));
        early = EarlyLayers.watch(temporary.resolve("layout"), temporary.resolve("trees"), files, store.layers());
        unfinished = temporary.resolve("layout/oci-put-blob123");
        blob = temporary.resolve("blob");
        directory = Files.createDirectory(temporary.resolve("directory"));
        Path tree = PullFixture.tree(temporary.resolve("tree"), "etc/name", "value");
        CommandRunner silent = new CommandRunner();
        archive = silent.run(Command.of("tar", "-C", tree.toString(), "-cf", "-", "."))
                .stdout();
        compressed = silent.run(Command.of("gzip", "-n").stdin(Command.Input.of(archive)))
                .stdout();
    }

    @AfterEach
    void nothing_is_left() throws IOException {
        early.close();
        try (Stream<Path> left = Files.list(temporary.resolve("trees"))) {
            assertEquals(List.of(), left.collect(Collectors.toList()));
        }
    }

    private void learn(String command) {
        if (command.contains("zip -dc")) {
            decompressing.complete(command);
        }
    }

    private Optional<UnpackedLayer> take(Digest diffId) throws IOException {
        return early.take(blob, diffId, directory, Progress.none().begin("", 0));
    }

    @Test
    void a_blob_is_unpacked_while_it_is_written() throws Exception {
        write(Arrays.copyOf(compressed, compressed.length / 2));
        decompressing.get(30, TimeUnit.SECONDS);
        write(Arrays.copyOfRange(compressed, compressed.length / 2, compressed.length));
        Files.move(unfinished, blob);

        Optional<UnpackedLayer> taken = take(Sha256.of(archive));

        assertEquals(5, taken.orElseThrow().extraction().entries());
        assertEquals("value", Files.readString(directory.resolve("etc/name")));
        assertEquals(524288, Files.getAttribute(directory.resolve("etc/name"), "unix:uid"));
    }

    @Test
    void what_unpacks_to_something_else_is_not_taken() throws Exception {
        write(compressed);
        decompressing.get(30, TimeUnit.SECONDS);
        Files.move(unfinished, blob);
        early.finish();

        assertTrue(take(Sha256.of(compressed)).isEmpty());

        assertFalse(Files.exists(directory.resolve("etc")));
    }

    @Test
    void what_is_damaged_is_left_to_whoever_tells_of_it() throws Exception {
        compressed[compressed.length / 2] ^= 0x55;
        write(compressed);
        decompressing.get(30, TimeUnit.SECONDS);
        Files.move(unfinished, blob);
        early.finish();

        assertTrue(take(Sha256.of(archive)).isEmpty());

        assertFalse(Files.exists(directory.resolve("etc")));
    }

    @Test
    void what_is_never_finished_ends_when_it_is_closed() throws Exception {
        write(Arrays.copyOf(compressed, compressed.length / 2));
        decompressing.get(30, TimeUnit.SECONDS);

        early.close();

        assertTrue(Files.exists(unfinished), "it is skopeo's");
    }

    @Test
    void a_blob_that_was_not_written_here_is_nobodys() throws Exception {
        Files.write(blob, compressed);
        early.finish();

        assertTrue(take(Sha256.of(archive)).isEmpty());
    }

    @Test
    void without_a_watch_nothing_is_taken_and_nothing_fails() throws Exception {
        try (EarlyLayers unwatched = EarlyLayers.none(files, store.layers())) {
            write(compressed);
            Files.move(unfinished, blob);
            unwatched.finish();

            assertTrue(unwatched
                    .take(blob, Sha256.of(archive), directory, Progress.none().begin("", 0))
                    .isEmpty());
        }
        early.finish();
    }

    private void write(byte[] bytes) {
        try {
            Files.write(unfinished, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

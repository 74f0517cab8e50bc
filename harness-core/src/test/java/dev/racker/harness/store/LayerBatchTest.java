package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerBatchTest {

    private static final LayerId LOW = LayerId.ofRecipe("low");
    private static final LayerId MIDDLE = LayerId.ofRecipe("middle");
    private static final LayerId HIGH = LayerId.ofRecipe("high");

    @TempDir
    Path directory;

    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    private StorePaths paths;
    private LayerStore layers;

    @BeforeEach
    void open() {
        paths = new StorePaths(new StateDirectories(
                directory.resolve("with\nnew line"), directory.resolve("c"), directory.resolve("r")));
        layers = new LayerStore(paths, new Locks(paths.locks()), new CommandRunner(commands::add));
    }

    @Test
    void layers_come_together_with_one_flush_and_their_sizes() {
        try (LayerBatch batch = layers.batch(List.of(LOW, HIGH))) {
            batch.fill(LOW, tree -> Files.write(tree.resolve("file"), new byte[100_000]));
            batch.fill(HIGH, tree -> Files.createDirectory(tree.resolve("directory")));
            assertTrue(Files.exists(batch.tree(LOW).resolve("file")), "what is above may look at what is below");
            assertEquals(List.of(), layers.list());
            batch.commit();
        }

        assertTrue(layers.contains(LOW) && layers.contains(HIGH));
        assertEquals(1, count("sync -f"), commands.toString());
        assertTrue(layers.size(LOW) > 100_000, String.valueOf(layers.size(LOW)));
        assertTrue(layers.size(HIGH) < layers.size(LOW), String.valueOf(layers.size(HIGH)));
        assertEquals(1, count("du "), commands.toString());
    }

    @Test
    void what_is_there_is_neither_made_again_nor_flushed_nor_measured() {
        layers.ensure(LOW, tree -> Files.write(tree.resolve("file"), new byte[100_000]));
        LayerStore again = new LayerStore(paths, new Locks(paths.locks()), new CommandRunner(commands::add));
        commands.clear();

        try (LayerBatch batch = again.batch(List.of(LOW))) {
            assertFalse(batch.isMissing(LOW));
            batch.fill(LOW, tree -> {
                throw new IOException("nobody asked for it");
            });
            assertEquals(again.path(LOW), batch.tree(LOW));
            batch.commit();
        }

        assertEquals(layers.size(LOW), again.size(LOW));
        assertEquals(List.of(), commands);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "12345", "x\n", "-\n"})
    void a_size_that_was_not_written_whole_is_measured_again(String written) throws IOException {
        layers.ensure(LOW, tree -> Files.write(tree.resolve("file"), new byte[100_000]));
        Files.writeString(paths.layerSize(LOW), written);
        LayerStore again = new LayerStore(paths, new Locks(paths.locks()), new CommandRunner(commands::add));
        commands.clear();

        try (LayerBatch batch = again.batch(List.of(LOW))) {
            batch.commit();
        }

        assertEquals(1, count("du "), commands.toString());
        assertEquals(layers.size(LOW), again.size(LOW));
        assertEquals(layers.size(LOW) + "\n", Files.readString(paths.layerSize(LOW)));
    }

    @Test
    void a_size_goes_with_its_layer() {
        layers.ensure(LOW, tree -> Files.createFile(tree.resolve("file")));
        assertTrue(Files.exists(paths.layerSize(LOW)));

        layers.delete(LOW);

        assertFalse(Files.exists(paths.layerSize(LOW)));
    }

    @Test
    void when_one_cannot_be_made_none_comes() throws IOException {
        layers.ensure(LOW, tree -> Files.createFile(tree.resolve("file")));
        RuntimeException failure = new IllegalStateException("no");

        RuntimeException told = assertThrows(RuntimeException.class, () -> {
            try (LayerBatch batch = layers.batch(List.of(LOW, MIDDLE, HIGH))) {
                batch.fill(MIDDLE, tree -> Files.createDirectories(tree.resolve("a/b")));
                batch.fill(HIGH, tree -> {
                    throw failure;
                });
            }
        });

        assertSame(failure, told);
        assertEquals(List.of(LOW), layers.list());
        assertEquals(1, paths.layersDirectory().toFile().list().length);
        assertEquals(0, paths.locks().toFile().list().length);
    }

    @Test
    void who_wants_a_layer_of_a_batch_waits_for_it_and_does_not_make_it() throws Exception {
        CompletableFuture<Path> other = new CompletableFuture<>();
        try (LayerBatch batch = layers.batch(List.of(LOW, MIDDLE))) {
            batch.fill(LOW, tree -> Files.writeString(tree.resolve("who"), "batch"));
            batch.fill(MIDDLE, tree -> Files.writeString(tree.resolve("who"), "batch"));
            new Thread(() -> other.complete(
                            layers.ensure(MIDDLE, tree -> Files.writeString(tree.resolve("who"), "other"))))
                    .start();
            assertFalse(other.isDone());
            batch.commit();
        }

        assertEquals("batch", Files.readString(other.get(30, TimeUnit.SECONDS).resolve("who")));
    }

    private long count(String start) {
        synchronized (commands) {
            return commands.stream()
                    .filter(command -> command.startsWith(start))
                    .count();
        }
    }
}

package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerStoreTest {

    private static final LayerId ID = LayerId.ofRecipe("a layer");

    @TempDir
    Path directory;

    private final CommandRunner runner = new CommandRunner();
    private StorePaths paths;
    private Locks locks;
    private LayerStore layers;

    @BeforeEach
    void open() {
        paths = new StorePaths(
                new StateDirectories(directory.resolve("s"), directory.resolve("c"), directory.resolve("r")));
        locks = new Locks(paths.locks());
        layers = new LayerStore(paths, locks, runner);
    }

    @AfterEach
    void no_lock_is_left() throws IOException {
        assertEquals(List.of(), names(paths.locks()));
    }

    @Test
    void a_layer_is_made_once_beside_its_place() {
        AtomicInteger made = new AtomicInteger();
        LayerContent content = tree -> {
            assertFalse(layers.contains(ID));
            assertEquals(paths.layersDirectory(), tree.getParent());
            assertTrue(tree.getFileName().toString().startsWith(".tmp-" + ID + "-"));
            Files.writeString(tree.resolve("file"), "content " + made.incrementAndGet());
        };

        Path layer = layers.ensure(ID, content);
        layers.ensure(ID, content);

        assertEquals(layers.path(ID), layer);
        assertTrue(layers.contains(ID));
        assertEquals(1, made.get());
        assertEquals(List.of(ID), layers.list());
        assertEquals(List.of(ID.value()), names(paths.layersDirectory()));
        assertTrue(layers.size(ID) >= 4096, String.valueOf(layers.size(ID)));
    }

    @Test
    void many_who_ask_at_once_make_a_layer_once() throws Exception {
        AtomicInteger made = new AtomicInteger();
        List<CompletableFuture<Path>> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(CompletableFuture.supplyAsync(
                    () -> layers.ensure(ID, tree -> Files.writeString(tree.resolve("x"), "" + made.incrementAndGet())),
                    task -> new Thread(task).start()));
        }
        for (CompletableFuture<Path> each : waiting) {
            assertEquals("1", Files.readString(each.get(30, TimeUnit.SECONDS).resolve("x")));
        }
        assertEquals(1, made.get());
    }

    @Test
    void a_layer_that_cannot_be_made_leaves_nothing() {
        RuntimeException failure = new IllegalStateException("no");

        assertSame(
                failure,
                assertThrows(
                        RuntimeException.class,
                        () -> layers.ensure(ID, tree -> {
                            Files.createDirectories(tree.resolve("a/b"));
                            throw failure;
                        })));
        HarnessException told = assertThrows(
                HarnessException.class,
                () -> layers.ensure(ID, tree -> {
                    throw new java.nio.file.FileSystemException("/x", null, "No space left on device");
                }));

        assertTrue(told.hint().orElseThrow().contains("Free some space"));
        assertFalse(layers.contains(ID));
        assertEquals(List.of(), names(paths.layersDirectory()));
    }

    @Test
    void a_layer_is_deleted_with_its_links_and_not_what_they_lead_to() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside/inner"));
        Path tree = layers.ensure(ID, to -> {
            Files.createDirectories(to.resolve("a/b/c"));
            Files.createSymbolicLink(to.resolve("a/link"), outside.getParent());
            Files.createSymbolicLink(to.resolve("dangling"), Path.of("/nowhere"));
            Files.createLink(to.resolve("a/hard"), Files.createFile(to.resolve("file")));
            shell(
                    to,
                    "mkfifo fifo; touch -- \"$(printf 'new\\nline')\" \"$(printf 'bad\\377\\376name')\" '-rf' 'a b'\\''c'");
            shell(to, "mkdir \"$(printf '\\377dir')\"; touch \"$(printf '\\377dir')/\"\"$(printf '\\200')\"");
        });
        Path closed = Files.createDirectories(tree.resolve("closed/inner"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(closed.getParent(), PosixFilePermissions.fromString("---------"));

        assertTrue(layers.delete(ID));

        assertFalse(layers.contains(ID));
        assertFalse(layers.delete(ID));
        assertTrue(Files.exists(outside));
        assertEquals(List.of(), names(paths.layersDirectory()));
    }

    @ParameterizedTest
    @CsvSource({"1, 300", "200, 15"})
    void a_tree_deeper_than_descriptors_and_paths_reach_is_removed(int nameLength, int depth) {
        // Two chains, one moved to the end of the other: no path may be longer than PATH_MAX while they are made.
        String chain = ("d".repeat(nameLength) + "/").repeat(depth);
        layers.ensure(
                ID,
                to -> shell(to, "mkdir -p a/" + chain + " b/" + chain + "; touch a/" + chain + "x; mv b a/" + chain));

        assertTrue(layers.delete(ID));

        assertEquals(List.of(), names(paths.layersDirectory()));
    }

    @Test
    void a_tree_that_is_a_link_is_only_unlinked() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), outside);

        assertTrue(new TreeRemoval(runner).remove(link));

        assertTrue(Files.exists(outside));
        assertFalse(new TreeRemoval(runner).remove(link));
    }

    @Test
    void a_tree_with_a_mount_is_refused() {
        // /proc is mounted on every machine; nothing below / is touched because of that.
        HarnessException failure =
                assertThrows(HarnessException.class, () -> new TreeRemoval(runner).remove(Path.of("/proc")));

        assertTrue(failure.getMessage().contains("something is mounted on /proc"), failure.getMessage());
    }

    @Test
    void a_sweep_removes_unfinished_layers_that_nobody_works_on() throws IOException {
        Files.createDirectories(paths.layersDirectory().resolve(".tmp-" + ID + "-1-abc/x/y"));
        Files.createDirectories(paths.layersDirectory().resolve(".tmp-" + ID.unshifted() + "-1-abc"));
        Files.createDirectories(paths.layersDirectory().resolve("something else"));
        LayerId busy = LayerId.ofRecipe("busy");
        layers.ensure(busy, tree -> {
            Files.createFile(tree.resolve("x"));
            layers.sweep();
            assertTrue(Files.exists(tree.resolve("x")));
        });

        assertEquals(
                List.of(busy.value(), "something else").stream().sorted().toList(), names(paths.layersDirectory()));
        assertEquals(List.of(busy), layers.list());
    }

    private void shell(Path in, String script) {
        runner.run(Command.of("sh", "-euc", script).in(in));
    }

    private static List<String> names(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

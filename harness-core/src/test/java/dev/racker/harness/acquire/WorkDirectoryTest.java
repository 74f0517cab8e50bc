package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void what_a_killed_pull_leaves_is_swept_and_what_a_living_one_has_is_not() throws IOException {
        Store store = new PullFixture(temporary).store;
        Path left;
        try (WorkDirectory work = WorkDirectory.create(store, "debian:12")) {
            Files.writeString(work.path().resolve("file"), "x");
            left = work.path();
            store.garbage().sweepTemporary();
            assertTrue(Files.exists(left));
        }
        assertFalse(Files.exists(left));

        Files.createDirectories(left.resolve("deep/er"));
        store.garbage().sweepTemporary();

        assertFalse(Files.exists(left));
    }

    @Test
    void pulls_of_one_name_wait_for_each_other_and_those_of_another_do_not() throws IOException {
        Store store = new PullFixture(temporary).store;
        CompletableFuture<Void> second;
        try (WorkDirectory work = WorkDirectory.create(store, "debian:12")) {
            second = CompletableFuture.runAsync(
                    () -> createAndClose(store, "debian:12"), task -> new Thread(task).start());
            createAndClose(store, "debian:11");
            assertTrue(Files.exists(work.path()));
            assertFalse(second.isDone());
        }
        second.join();
    }

    @Test
    void a_pinned_store_is_not_collected() {
        Store store = new PullFixture(temporary).store;
        try (Lock pin = store.garbage().pin()) {
            assertTrue(pin != null && store.garbage().collect().deferred());
        }
    }

    private static void createAndClose(Store store, String name) {
        try (WorkDirectory work = WorkDirectory.create(store, name)) {
            assertTrue(Files.isDirectory(work.path()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

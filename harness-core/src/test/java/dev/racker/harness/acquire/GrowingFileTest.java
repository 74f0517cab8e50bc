package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GrowingFileTest {

    @TempDir
    Path directory;

    private Path path;
    private GrowingFile file;

    @BeforeEach
    void start() throws IOException {
        path = Files.write(directory.resolve("growing"), new byte[] {1, 2});
        file = GrowingFile.open(path);
    }

    @Test
    void what_is_added_is_read_although_the_reader_was_at_the_end_and_the_file_was_renamed() throws Exception {
        assertEquals(2, file.read(new byte[10]));
        CompletableFuture<byte[]> rest = readRest();

        Files.write(path, new byte[] {3}, StandardOpenOption.APPEND);
        file.grown();
        Path renamed = Files.move(path, directory.resolve("renamed"));
        Files.write(renamed, new byte[] {4}, StandardOpenOption.APPEND);
        file.complete();

        assertArrayEquals(new byte[] {3, 4}, rest.get(20, TimeUnit.SECONDS));
        assertEquals(GrowingFile.identity(renamed), file.identity());
    }

    @Test
    void there_is_no_end_before_somebody_has_said_so() throws Exception {
        assertEquals(2, file.read(new byte[10]));
        CompletableFuture<byte[]> rest = readRest();

        file.grown();
        assertFalse(rest.isDone());
        file.complete();

        assertEquals(0, rest.get(20, TimeUnit.SECONDS).length);
    }

    @Test
    void the_reader_of_what_nobody_wants_any_more_fails_even_while_it_waits() throws Exception {
        assertEquals(2, file.read(new byte[10]));
        CompletableFuture<byte[]> rest = readRest();

        file.abandon();

        CompletionException e = assertThrows(CompletionException.class, rest::join);
        assertTrue(e.getCause().getMessage().contains("nobody wants it"), e.toString());
        assertThrows(IOException.class, file::read);
    }

    @Test
    void who_comes_late_is_told_what_was_read_before() throws IOException {
        AtomicLong told = new AtomicLong();
        assertEquals(1, file.read());

        file.report(new Progress.Task() {
            @Override
            public void advance(long amount) {
                told.addAndGet(amount);
            }

            @Override
            public void close() {}
        });
        assertEquals(1, told.get());
        assertEquals(2, file.read());

        assertEquals(2, told.get());
    }

    private CompletableFuture<byte[]> readRest() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return file.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}

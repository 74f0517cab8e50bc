package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressionIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final CommandRunner runner = new CommandRunner();
    private final Decompression decompression = new Decompression(runner);

    /** Half of it compresses well, half does not. */
    private static byte[] content() {
        byte[] content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        Arrays.fill(content, 0, content.length / 2, (byte) 'x');
        return content;
    }

    private byte[] compress(String program, byte[] content) {
        return runner.run(Command.of(program, "-c").stdin(Input.of(content))).stdout();
    }

    private static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "pigz", "zstd", "xz", "bzip2", "cat"})
    void each_format_is_recognised_and_decompressed(String program) throws IOException {
        byte[] compressed = program.equals("cat") ? content() : compress(program, content());
        try (InputStream in = decompression.open(new ByteArrayInputStream(compressed))) {
            assertArrayEquals(content(), in.readAllBytes());
            assertEquals(-1, in.read());
        }
        assertEquals(0, children());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd", "xz", "bzip2"})
    void a_truncated_archive_fails_at_its_end(String program) throws IOException {
        byte[] compressed = compress(program, content());
        byte[] cut = Arrays.copyOf(compressed, compressed.length - 5);
        try (InputStream in = decompression.open(new ByteArrayInputStream(cut))) {
            UnpackException failure = assertThrows(UnpackException.class, in::readAllBytes);
            assertTrue(failure.getMessage().startsWith("Tried to decompress an archive with"), failure.getMessage());
        }
        assertEquals(0, children());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd", "xz", "bzip2"})
    void a_flipped_byte_fails(String program) throws IOException {
        byte[] compressed = compress(program, content());
        compressed[compressed.length / 2] ^= 0x55;
        try (InputStream in = decompression.open(new ByteArrayInputStream(compressed))) {
            assertThrows(UnpackException.class, in::readAllBytes);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_failure_of_the_source_is_the_failure_that_is_told(boolean damaged) throws IOException {
        byte[] compressed = compress("gzip", content());
        compressed[compressed.length / 4] ^= (byte) (damaged ? 0x55 : 0);
        IllegalStateException lost = new IllegalStateException("digest mismatch");
        InputStream failing = new SequenceInputStream(new ByteArrayInputStream(compressed), new InputStream() {
            @Override
            public int read() {
                throw lost;
            }
        });
        try (InputStream in = decompression.open(failing)) {
            assertSame(lost, assertThrows(IllegalStateException.class, in::readAllBytes));
        }
    }

    @Test
    void an_io_failure_in_the_middle_is_the_failure_that_is_told() throws IOException {
        byte[] compressed = compress("gzip", content());
        InputStream failing = new SequenceInputStream(
                new ByteArrayInputStream(compressed, 0, compressed.length / 2), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }
                });
        try (InputStream in = decompression.open(failing)) {
            UnpackException failure = assertThrows(UnpackException.class, in::readAllBytes);
            assertTrue(failure.getMessage().contains("connection reset"), failure.getMessage());
        }
    }

    @Test
    void closing_early_ends_the_program_even_when_its_source_is_silent() throws IOException {
        byte[] compressed = compress("gzip", content());
        try (PipedOutputStream never = new PipedOutputStream()) {
            InputStream silent =
                    new SequenceInputStream(new ByteArrayInputStream(compressed, 0, 1000), new PipedInputStream(never));
            assertTimeoutPreemptively(SOON, () -> decompression.open(silent).close());
        }
        assertEquals(0, children());
    }

    @Test
    void closing_early_ends_the_program_when_nobody_reads_what_it_writes() {
        byte[] compressed = compress("gzip", content());
        assertTimeoutPreemptively(
                SOON,
                () -> decompression.open(new ByteArrayInputStream(compressed)).close());
        assertEquals(0, children());
    }

    @Test
    void a_short_or_empty_source_is_passed_through() throws IOException {
        for (byte[] content : new byte[][] {{}, {0x1f}, {'B', 'Z'}}) {
            try (InputStream in = decompression.open(new ByteArrayInputStream(content))) {
                assertArrayEquals(content, in.readAllBytes());
            }
        }
    }
}

package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.process.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritebackTest {

    private static final int STEP = 64 << 20;

    @TempDir
    Path directory;

    private final List<String> commands = new ArrayList<>();
    private final Writeback writeback = new Writeback(new CommandRunner(commands::add));

    @Test
    void a_small_layer_is_left_to_the_flush_at_the_end() throws IOException {
        read(STEP - 1);

        assertEquals(List.of(), commands);
    }

    @Test
    void a_large_layer_is_brought_to_disk_while_it_is_read() throws IOException {
        read(STEP + 1);
        writeback.finish();

        assertEquals(List.of("sync -f " + directory), commands);
    }

    @Test
    void layers_that_are_small_each_are_large_together() throws IOException {
        read(STEP - 1);
        read(2);
        writeback.finish();
        read(STEP - 2);
        read(1);

        assertEquals(List.of("sync -f " + directory), commands);
    }

    private void read(int bytes) throws IOException {
        try (InputStream in = writeback.beside(new ByteArrayInputStream(new byte[bytes]), directory)) {
            byte[] buffer = new byte[1 << 20];
            while (in.read(buffer) >= 0) {
                continue;
            }
        }
    }
}

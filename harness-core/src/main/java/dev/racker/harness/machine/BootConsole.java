package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a machine prints while it boots; open from before it starts, because an ephemeral one takes the file with it. */
final class BootConsole implements AutoCloseable {

    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long before;

    private BootConsole(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.before = channel.size();
    }

    static BootConsole open(Path file) {
        try {
            return new BootConsole(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** The last mebibyte of what was printed since this was opened; of a kept machine the file has earlier boots, too. */
    String text() {
        try {
            long start = Math.max(before, channel.size() - MOST_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - start));
            while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) > 0) {
                // read on
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static HarnessException failed(Path file, IOException cause) {
        return new HarnessException(
                "Tried to use the boot console " + file + ", but: " + cause.getMessage() + ".",
                "Check the free space and the permissions of that file system.",
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }
}

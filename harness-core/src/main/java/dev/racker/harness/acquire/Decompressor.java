package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;

/** Opens compressed streams: gzip, xz, zstd, bzip2 by their programs, which work beside this process, or none. */
final class Decompressor {

    private final CommandRunner runner;

    Decompressor(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Returns the plain content; closing it closes {@code compressed} too. A damaged or truncated stream is an {@link
     * IOException} while reading.
     *
     * @param compressed what to read; its first bytes say how it is compressed
     * @throws HarnessException when the program for it is not installed
     */
    InputStream open(InputStream compressed) throws IOException {
        PushbackInputStream in = new PushbackInputStream(compressed, Compression.MAGIC_LENGTH);
        byte[] start = new byte[Compression.MAGIC_LENGTH];
        int length = in.readNBytes(start, 0, start.length);
        in.unread(start, 0, length);
        Compression compression = Compression.of(start, length);
        if (compression == Compression.NONE) {
            return in;
        }
        return new FilteredStream(in, start(compression));
    }

    private RunningCommand start(Compression compression) {
        HarnessException missing = null;
        for (List<String> program : compression.programs()) {
            try {
                return runner.start(
                        Command.of(program).stdin(Command.Input.pipe()).stdout(Command.Output.pipe()));
            } catch (CommandException e) {
                if (e.reason() != CommandException.Reason.NOT_FOUND) {
                    throw e;
                }
                missing = e;
            }
        }
        throw missing;
    }
}

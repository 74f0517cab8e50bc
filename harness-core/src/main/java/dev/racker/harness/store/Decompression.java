package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.function.BiFunction;

/** Decompresses archives with the programs made for it, so that it happens beside the unpacking. */
public final class Decompression {

    private static final Duration LONGEST = Duration.ofHours(6);

    /** The programs that read gzip archives, the fastest first: ISA-L's takes less than half of pigz's time. */
    private static final String[] GZIP = {"igzip", "pigz", "gzip"};

    private final CommandRunner runner;
    private volatile int gzip; // the first of them that is there

    /** Creates a decompression that runs its programs with {@code runner}. */
    public Decompression(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Opens what is compressed in {@code compressed}, which the stream returned owns and closes; what is not compressed
     * is passed through. A failure of {@code compressed}, a damaged or a truncated archive fails the reading; the stream
     * ends only after {@code compressed} was read to its end.
     *
     * @throws CommandException when the program is missing
     * @throws IOException when the first bytes cannot be read
     */
    public InputStream open(InputStream compressed) throws IOException {
        PushbackInputStream source = new PushbackInputStream(compressed, Compression.MAGIC_LENGTH);
        byte[] magic = new byte[Compression.MAGIC_LENGTH];
        int length = source.readNBytes(magic, 0, magic.length);
        source.unread(magic, 0, length);
        return switch (Compression.of(magic, length)) {
            case GZIP -> gzip(source);
            case ZSTD -> open(source, Command.of("zstd", "-dcq", "--long=31"));
            case XZ -> open(source, Command.of("xz", "-dcq"));
            case BZIP2 -> open(source, Command.of("bzip2", "-dcq"));
            case NONE -> source;
        };
    }

    private InputStream gzip(InputStream source) {
        int i = gzip;
        while (true) {
            try {
                InputStream plain = open(source, Command.of(GZIP[i], "-dc"));
                gzip = i;
                return plain;
            } catch (CommandException e) {
                if (e.reason() != CommandException.Reason.NOT_FOUND || i == GZIP.length - 1) {
                    throw e;
                }
                i++;
            }
        }
    }

    private InputStream open(InputStream source, Command command) {
        String name = command.arguments().get(0);
        RunningCommand program =
                runner.start(command.stdin(Input.pipe()).stdout(Output.pipe()).timeout(LONGEST));
        Feeder feeder = Feeder.start(source, program.stdin(), "racker-" + name);
        return new ProgramInputStream(program, feeder, new Failure(name));
    }

    /** What a program's end tells. No lambda: of two threads that need one at once, one makes a class at run time. */
    private record Failure(String program) implements BiFunction<CommandResult, Throwable, UnpackException> {

        @Override
        public UnpackException apply(CommandResult result, Throwable cause) {
            if (cause != null) {
                return UnpackException.compressed(program, "reading failed: " + cause.getMessage(), cause);
            }
            // igzip(1) prints the name of its file, which a pipe has not
            String said = result.errorText().replace(" (null)", "");
            return UnpackException.compressed(
                    program, said.isEmpty() ? "it ended with status " + result.status() : said, null);
        }
    }
}

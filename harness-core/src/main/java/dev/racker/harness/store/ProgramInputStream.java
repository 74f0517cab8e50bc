package dev.racker.harness.store;

import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiFunction;

/**
 * What a program writes to its standard output. The end of the stream is reported only when the program has ended well;
 * closing early ends the program.
 */
final class ProgramInputStream extends InputStream {

    private final RunningCommand program;
    private final Feeder feeder;
    private final BiFunction<CommandResult, Throwable, UnpackException> failure;
    private boolean ended;

    /** Reads from a program; {@code feeder} is null when nothing is written to it. */
    ProgramInputStream(
            RunningCommand program, Feeder feeder, BiFunction<CommandResult, Throwable, UnpackException> failure) {
        this.program = program;
        this.feeder = feeder;
        this.failure = failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int count = program.stdout().read(bytes, offset, length);
        if (count < 0) {
            requireGoodEnd();
            ended = true;
        }
        return count;
    }

    private void requireGoodEnd() throws IOException {
        CommandResult result = program.await();
        Throwable cause = feeder == null ? null : feeder.failure();
        if (cause instanceof RuntimeException exception) {
            throw exception;
        }
        if (cause != null || result.status() != 0) {
            throw failure.apply(result, cause);
        }
    }

    @Override
    public void close() throws IOException {
        program.close();
        program.stdout().close();
        if (feeder != null) {
            feeder.close();
        }
    }
}

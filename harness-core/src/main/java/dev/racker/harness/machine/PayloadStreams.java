package dev.racker.harness.machine;

import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import java.io.InputStream;

/**
 * What a payload is connected to.
 *
 * @param stdin where its standard input comes from
 * @param stdout where its standard output goes
 * @param stderr where its standard error goes
 * @param reader reads both when they go into pipes of this process
 */
public record PayloadStreams(Input stdin, Output stdout, Output stderr, Reader reader) {

    /** Reads what a payload prints. */
    @FunctionalInterface
    public interface Reader {

        /** Begins to read both to their end, and returns at once. */
        void read(MachinePlace place, InputStream stdout, InputStream stderr);
    }

    /** Streams of which none goes into a pipe of this process. */
    public PayloadStreams(Input stdin, Output stdout, Output stderr) {
        this(stdin, stdout, stderr, (place, out, error) -> {});
    }

    /** Streams that both go into pipes of this process. */
    public static PayloadStreams read(Input stdin, Reader reader) {
        return new PayloadStreams(stdin, Output.pipe(), Output.pipe(), reader);
    }
}

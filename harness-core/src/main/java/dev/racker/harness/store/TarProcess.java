package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * GNU tar, unpacking what is written to it. It creates files of every kind with names of any bytes, and sets owners,
 * modes, times and extended attributes in the order that the kernel wants, without a process for each.
 */
final class TarProcess implements AutoCloseable {

    private static final int MOST_SAID = 2000;
    private static final Duration LONGEST = Duration.ofHours(6);

    /** What to do with what is there already. */
    enum Existing {
        /** A member replaces whatever has its name, a directory with all that is in it. */
        REPLACE,
        /** Members stand for directories that exist, whose metadata is set; children come before their parents. */
        UPDATE
    }

    private final Path directory;
    private final RunningCommand tar;
    private final TarWriter writer;

    private TarProcess(Path directory, RunningCommand tar) {
        this.directory = directory;
        this.tar = tar;
        this.writer = new TarWriter(new Told(tar.stdin()));
    }

    static TarProcess start(CommandRunner runner, Path directory, Existing existing) {
        // --absolute-names: the names written here are resolved already; without it tar would first make placeholders
        // for symbolic links that are absolute or have dots.
        Command command = Command.of("tar", "--extract", "--file=-", "--directory=" + directory.toAbsolutePath())
                .with("--absolute-names", "--numeric-owner", "--same-owner", "--same-permissions")
                .with("--xattrs", "--xattrs-include=*", "--warning=no-timestamp")
                .with("--read-full-records", "--blocking-factor=128");
        return new TarProcess(
                directory,
                runner.start((existing == Existing.REPLACE ? command.with("--recursive-unlink") : command)
                        .stdin(Input.pipe())
                        .stdout(Output.discard())
                        .timeout(LONGEST)));
    }

    TarWriter writer() {
        return writer;
    }

    /**
     * Ends the archive and waits until everything is on disk.
     *
     * @throws UnpackException when tar could not do all of it
     */
    void finish() throws IOException {
        writer.end();
        tar.stdin().close();
        CommandResult result = tar.await();
        // A complaint with status 0 is about an extended attribute that could not be set.
        if (result.status() != 0 || result.stderr().length > 0) {
            throw failure(result, null);
        }
    }

    private UnpackException failure(CommandResult result, IOException cause) {
        String said = lastOf(result.errorText());
        return UnpackException.into(
                directory, said.isEmpty() ? "tar ended with exit status " + result.status() : said, cause);
    }

    private static String lastOf(String text) {
        return text.length() <= MOST_SAID ? text : "..." + text.substring(text.length() - MOST_SAID);
    }

    @Override
    public void close() {
        tar.close();
    }

    /** Turns "broken pipe" into what tar said before it gave up. */
    private final class Told extends OutputStream {
        private final OutputStream out;

        Told(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw failure(tar.await(), e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw failure(tar.await(), e);
            }
        }
    }
}

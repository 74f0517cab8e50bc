package dev.racker.harness.acquire;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.InputStream;
import java.nio.file.Path;

/** The program tar (GNU), which turns a directory into a stream that keeps everything that belongs to its files. */
final class GnuTar {

    private final CommandRunner runner;

    GnuTar(CommandRunner runner) {
        this.runner = runner;
    }

    /** Reads a tree as a tar stream; the same tree gives the same bytes. An end that is not good is an IOException. */
    InputStream archive(Path directory) {
        return new FilteredStream(InputStream.nullInputStream(), runner.start(command(directory)));
    }

    static Command command(Path directory) {
        return Command.of(
                        "tar",
                        "--create",
                        "--file=-",
                        "--format=posix",
                        // By default these hold tar's process id and the time of reading.
                        "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime",
                        "--sort=name",
                        "--numeric-owner",
                        "--xattrs",
                        "--xattrs-include=*",
                        "--acls",
                        "--sparse",
                        "--one-file-system",
                        "--directory=" + directory,
                        ".")
                .stdin(Command.Input.pipe())
                .stdout(Command.Output.pipe());
    }
}

package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes tar archives of directories, with everything that {@link TarExtractor} can bring back: numeric owners, times in
 * nanoseconds, hard links, devices, holes, and all extended attributes, among them ACLs, file capabilities and the marks
 * of overlayfs. The members of equal trees come in equal order.
 */
public final class TarSource {

    private static final Duration LONGEST = Duration.ofHours(6);

    private final CommandRunner runner;

    /** Creates a source that runs GNU tar with {@code runner}. */
    public TarSource(CommandRunner runner) {
        this.runner = runner;
    }

    /** Opens an archive of what is in a directory; reading fails when tar could not read all of it. */
    public InputStream open(Path directory) {
        return open(List.of(), directory, "--sparse-version=0.0", "--sparse", ".");
    }

    /** The same for those who may not know of holes in files, which become zeros. */
    InputStream openWithoutHoles(Path directory) {
        return open(List.of(), directory, ".");
    }

    /**
     * Opens an archive of what is in a directory that another program makes visible: {@code prefix} is its command line,
     * which is followed by tar's.
     */
    public InputStream open(Path directory, List<String> prefix) {
        return open(prefix, directory, "--sparse-version=0.0", "--sparse", ".");
    }

    private InputStream open(List<String> prefix, Path directory, String... last) {
        List<String> program = new ArrayList<>(prefix);
        program.addAll(List.of("tar", "--create", "--file=-", "--directory=" + directory.toAbsolutePath()));
        Command command = Command.of(program)
                .with("--format=posix", "--sort=name", "--numeric-owner")
                // By default the names of extended headers, and of sparse files from version 0.1 on, hold tar's process
                // id.
                .with("--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime")
                .with("--xattrs", "--xattrs-include=*", "--blocking-factor=128")
                .with(last);
        return new ProgramInputStream(
                runner.start(command.stdout(Output.pipe()).timeout(LONGEST)),
                null,
                (result, cause) -> failure(directory, result));
    }

    private static UnpackException failure(Path directory, CommandResult result) {
        return new UnpackException(
                "Tried to read " + directory + ", but "
                        + (result.errorText().isEmpty()
                                ? "tar ended with status " + result.status() + "."
                                : result.errorText()),
                "Make sure that nothing changes it meanwhile, and try again.",
                null);
    }
}

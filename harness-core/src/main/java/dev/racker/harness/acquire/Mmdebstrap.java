package dev.racker.harness.acquire;

import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The program mmdebstrap (mmdebstrap(1), 1.2 and newer), which makes Debian's and Ubuntu's systems out of packages. */
public final class Mmdebstrap {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final CommandRunner runner;

    /** Creates the tool on a runner. */
    public Mmdebstrap(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Starts to make a system; its standard output is a tar stream that the holder must read.
     *
     * @param directory where it may work; everybody must be able to enter it, since apt drops its privileges
     * @param latest no file in the result is newer than this, so that the same packages give the same bytes
     */
    public RunningCommand start(Bootstrap recipe, Path directory, Instant latest) {
        return runner.start(command(recipe, directory, latest));
    }

    static Command command(Bootstrap recipe, Path directory, Instant latest) {
        List<String> arguments = new ArrayList<>();
        // Without us nobody would read the tar stream: it ends with this process, however that ends.
        arguments.add("setpriv");
        arguments.add("--pdeathsig=TERM");
        arguments.add("mmdebstrap");
        arguments.add("--quiet");
        arguments.add("--mode=root");
        arguments.add("--format=tar");
        arguments.add("--variant=" + recipe.variant());
        if (!recipe.include().isEmpty()) {
            arguments.add("--include=" + String.join(",", recipe.include()));
        }
        arguments.addAll(recipe.options());
        // mmdebstrap copies both from the host.
        arguments.add("--customize-hook=rm -f \"$1/etc/hostname\" \"$1/etc/resolv.conf\"");
        arguments.add("--");
        arguments.add(recipe.suite());
        arguments.add("-");
        return Command.of(arguments)
                .env("TMPDIR", directory.toString())
                .env("SOURCE_DATE_EPOCH", Long.toString(latest.getEpochSecond()))
                .stdout(Command.Output.pipe())
                .timeout(LONGEST);
    }
}

package dev.racker.cli;

import dev.racker.harness.ContainerFiles;
import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.ContainerRecord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies files between a container and the host. */
@Command(
        name = "cp",
        mixinStandardHelpOptions = true,
        description = "Copy files or directories between a container and the host. The path \"-\" stands for a tar "
                + "archive on standard input or output.")
final class CpCommand implements Callable<Integer> {

    private static final String STREAM = "-";

    private final Session session;

    @Option(
            names = {"-a", "--archive"},
            description = "Keep owners and groups; otherwise what is copied in is root's.")
    private boolean archive;

    @Option(
            names = {"-L", "--follow-link"},
            description = "Follow a link that is to be copied.")
    private boolean follow;

    @Option(
            names = {"-q", "--quiet"},
            description = "Accepted for docker's sake: nothing is printed anyway.")
    private boolean quiet;

    @Parameters(index = "0", paramLabel = "CONTAINER:SRC|SRC|-", description = "What to copy.")
    private String source;

    @Parameters(index = "1", paramLabel = "CONTAINER:DST|DST|-", description = "Where to.")
    private String destination;

    CpCommand(Session session) {
        this.session = session;
    }

    /** One of the two paths; {@code container} is empty for the host's. */
    private record End(String container, String path) {

        /** As docker does: a path that begins with "/" or "." is the host's, even with a colon in it. */
        static End of(String text) {
            int colon = text.indexOf(':');
            if (colon < 0 || text.startsWith("/") || text.startsWith(".")) {
                return new End("", text);
            }
            return new End(text.substring(0, colon), text.substring(colon + 1));
        }

        boolean isHost() {
            return container.isEmpty();
        }

        boolean isStream() {
            return isHost() && path.equals(STREAM);
        }
    }

    @Override
    public Integer call() {
        return session.interruptible(signals -> {
            try {
                copy(End.of(source), End.of(destination));
                return ExitStatus.OK;
            } catch (HarnessException e) {
                session.tell(e);
                return ExitStatus.PARTIAL;
            }
        });
    }

    private void copy(End from, End to) {
        if (from.isHost() == to.isHost()) {
            throw new HarnessException(
                    "Tried to copy \"" + source + "\" to \"" + destination + "\", but "
                            + (from.isHost()
                                    ? "must specify at least one container source."
                                    : "copying between containers is not supported."),
                    "Name one container and a path in it, like web:/etc/hosts.");
        }
        Harness harness = session.harness();
        ContainerFiles files = harness.files();
        ContainerFiles.Mode mode = new ContainerFiles.Mode(archive, follow);
        if (from.isHost()) {
            ContainerRecord container = harness.containers().get(to.container());
            if (from.isStream()) {
                files.unpack(container, to.path());
            } else {
                files.copyIn(Path.of(from.path()).toAbsolutePath(), from.path(), container, to.path(), mode);
            }
            harness.events().container("extract-to-dir", container);
        } else {
            ContainerRecord container = harness.containers().get(from.container());
            if (to.isStream()) {
                files.pack(container, from.path(), mode);
            } else {
                files.copyOut(container, from.path(), Path.of(to.path()).toAbsolutePath(), to.path(), mode);
            }
            harness.events().container("archive-path", container);
        }
    }
}

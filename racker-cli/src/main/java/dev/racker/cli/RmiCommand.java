package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.NoSuchImageException;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes images from the store. */
@Command(name = "rmi", mixinStandardHelpOptions = true, description = "Remove images from the store.")
final class RmiCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--force"},
            description = "Remove the stopped containers of the image too, and do not mind images that are not there.")
    private boolean force;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "The image, by name or id.")
    private List<String> images;

    RmiCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Harness harness = session.harness();
        int status = ExitStatus.OK;
        for (String image : images) {
            try {
                for (String line : harness.images().remove(image, force)) {
                    session.out().println(line);
                }
            } catch (HarnessException e) {
                session.tell(e);
                status = force && e instanceof NoSuchImageException ? status : ExitStatus.PARTIAL;
            }
        }
        return status;
    }
}

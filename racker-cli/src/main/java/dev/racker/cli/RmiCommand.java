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
                List<String> lines = harness.images().remove(image, force);
                lines.forEach(session.out()::println);
                if (lines.stream().noneMatch(line -> line.startsWith("Untagged: "))) {
                    session.tell(new NoSuchImageException("remove", image)); // as docker does, and goes on
                }
            } catch (HarnessException e) {
                session.tell(e);
                status = ExitStatus.PARTIAL;
            }
        }
        return status;
    }
}

package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.NoSuchImageException;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Values;
import java.util.List;
import picocli.CommandLine.Command;

/** Removes images from the store. */
@Command(name = "rmi", mixinStandardHelpOptions = true, description = "Remove images from the store.")
final class RmiCommand extends DeclaredCommand {

    private final Session session;

    private final Flag force = flag(
            "-f, --force",
            "Remove the stopped containers of the image too, and do not mind images that are not there.");

    private final Values<String> images = words("IMAGE", 1, "The image, by name or id.");

    RmiCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Harness harness = session.harness();
        int status = ExitStatus.OK;
        for (String image : images.list()) {
            try {
                List<String> lines = harness.images().remove(image, force.isSet());
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

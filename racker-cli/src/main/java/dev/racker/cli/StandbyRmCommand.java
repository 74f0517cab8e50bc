package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.Standbys;
import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets no machines of images wait any more. */
@Command(
        name = "rm",
        aliases = "remove",
        mixinStandardHelpOptions = true,
        description = "Remove the machines of images that wait, and boot no others.")
final class StandbyRmCommand implements Callable<Integer> {

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-a", "--all"},
            description = "Those of all images.")
    private boolean all;

    @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "The image, by name or id.")
    private List<String> images = new ArrayList<>();

    StandbyRmCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (all == !images.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    all
                            ? "Tried to remove all machines that wait, but images were given, too."
                            : "Tried to remove machines that wait, but no image was given. Give one, or --all.");
        }
        Harness harness = session.harness();
        int status = ExitStatus.OK;
        for (String image : all ? wanted(harness.standbys()) : images) {
            try {
                remove(harness, image);
                session.out().println(image);
            } catch (HarnessException e) {
                session.tell(e);
                status = ExitStatus.PARTIAL;
            }
        }
        return status;
    }

    private static List<String> wanted(Standbys standbys) {
        List<String> names = new ArrayList<>();
        standbys.list().forEach(view -> names.add(view.setting().image()));
        return names;
    }

    private static void remove(Harness harness, String image) {
        if (!harness.standbys().remove(image)) {
            throw new HarnessException(
                    "Tried to remove the machines of " + image + " that wait, but there are none.",
                    "See which images have some: racker standby ls");
        }
    }
}

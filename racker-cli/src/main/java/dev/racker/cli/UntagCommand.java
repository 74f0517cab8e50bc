package dev.racker.cli;

import dev.racker.harness.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes names from an image. */
@Command(
        name = "untag",
        mixinStandardHelpOptions = true,
        description = "Take names from an image, which stays in the store and is found by its id.")
final class UntagCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, by name or id.")
    private String image;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME[:TAG]",
            description = "The names to take away; all of them when none is given.")
    private List<String> names = new ArrayList<>();

    UntagCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.harness().images().untag(image, names);
        return ExitStatus.OK;
    }
}

package dev.racker.cli;

import dev.racker.harness.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives an image further names. */
@Command(name = "tag", mixinStandardHelpOptions = true, description = "Give an image in the store another name.")
final class TagCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, by name or id.")
    private String image;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NAME[:TAG]",
            description = "The new name; it is taken from the image that had it.")
    private List<String> names;

    TagCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        for (String name : names) {
            session.harness().images().tag(image, name);
        }
        return ExitStatus.OK;
    }
}

package dev.racker.cli;

import dev.racker.harness.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What all commands take that remove what nobody uses. */
final class PruneOptions {

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask.")
    private boolean force;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description = "Remove only these: label=KEY[=VALUE], label!=KEY[=VALUE], and, but for volumes, until=TIME. "
                    + "May be repeated.")
    private List<String> filters = new ArrayList<>();

    /** As they were typed. */
    List<String> filters() {
        return filters;
    }

    /** Says whether it was given, or the user agrees now. */
    boolean agreed(Session session, String warning) {
        return force || new Confirmation(session).isGiven(warning);
    }
}

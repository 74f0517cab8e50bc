package dev.racker.cli;

import dev.racker.cli.format.GoTemplate;
import dev.racker.harness.Session;
import dev.racker.harness.Volumes;
import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows everything about volumes. */
@Command(name = "inspect", mixinStandardHelpOptions = true, description = "Show everything about volumes.")
final class VolumeInspectCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "json|TEMPLATE",
            description = "How to print: an indented array (default), json on one line, or a template for each.")
    private String format = "";

    @Parameters(paramLabel = "VOLUME", arity = "1..*", description = "The volume.")
    private List<String> names;

    VolumeInspectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        GoTemplate template = format.isEmpty() || format.equals("json") ? null : GoTemplate.parse(format);
        Volumes volumes = session.harness().volumes();
        List<JsonNode> found = new ArrayList<>();
        List<HarnessException> failures = new ArrayList<>();
        for (String name : names) {
            try {
                found.add(VolumeJson.details(volumes.get(name), volumes));
            } catch (HarnessException e) {
                failures.add(e);
            }
        }
        if (template != null) {
            found.forEach(volume -> session.out().println(template.render(volume)));
        } else {
            session.out().print(format.isEmpty() ? IndentedJson.text(found) : IndentedJson.line(found));
        }
        failures.forEach(session::tell);
        return failures.isEmpty() ? ExitStatus.OK : ExitStatus.PARTIAL;
    }
}

package dev.racker.cli;

import dev.racker.cli.format.GoTemplate;
import dev.racker.harness.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows all that is known of containers, and of other objects. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Show all that is known of containers, images, networks and volumes, as JSON.")
final class InspectCommand implements Callable<Integer> {

    private final Session session;
    private final String only;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "json|TEMPLATE",
            description = "Print in one line of JSON, or by a template of Go's such as {{.State.Status}}.")
    private String format;

    @Option(
            names = {"-s", "--size"},
            description = "Tell how much room containers take.")
    private boolean sizes;

    @Option(
            names = "--type",
            paramLabel = "container|image|network|volume",
            description = "Look among these only (default: among containers, then images, networks, volumes).")
    private String type = "";

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "The object, by name or id.")
    private List<String> names;

    private InspectCommand(Session session, String only) {
        this.session = session;
        this.only = only;
    }

    /** For objects of all kinds. */
    static InspectCommand ofAll(Session session) {
        return new InspectCommand(session, "");
    }

    /** For containers alone. */
    static InspectCommand ofContainers(Session session) {
        return new InspectCommand(session, "container");
    }

    @Override
    public Integer call() {
        GoTemplate template = format == null || format.equals("json") ? null : GoTemplate.parse(format);
        Inspection inspection = new Inspection(session.harness(), only.isEmpty() ? type : only, sizes);
        List<JsonNode> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            Optional<JsonNode> document = inspection.find(name);
            document.ifPresent(found::add);
            if (document.isEmpty()) {
                missing.add(name);
            }
        }
        if (template == null) {
            session.out().print(format == null ? IndentedJson.text(found) : IndentedJson.line(found));
        } else {
            found.forEach(document -> session.out().println(template.render(document)));
        }
        session.out().flush();
        missing.forEach(name -> session.err().println("Error: No such " + inspection.kind() + ": " + name));
        return missing.isEmpty() ? ExitStatus.OK : ExitStatus.PARTIAL;
    }
}

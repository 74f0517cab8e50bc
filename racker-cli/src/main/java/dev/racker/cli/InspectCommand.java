package dev.racker.cli;

import dev.racker.cli.format.GoTemplate;
import dev.racker.harness.Session;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Shows all that is known of containers, and of other objects. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Show all that is known of containers, images, networks and volumes, as JSON.")
final class InspectCommand extends DeclaredCommand {

    private final Session session;
    private final String only;

    private final Value<String> format = text(
            "-f, --format",
            "json|TEMPLATE",
            "Print in one line of JSON, or by a template of Go's such as {{.State.Status}}.");

    private final Flag sizes = flag("-s, --size", "Tell how much room containers take.");

    private final Value<String> type = text(
            "--type",
            "container|image|network|volume",
            "Look among these only (default: among containers, then images, networks, volumes).");

    private final Values<String> names = words("NAME", 1, "The object, by name or id.");

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
        String form = format.given();
        GoTemplate template = form == null || form.equals("json") ? null : GoTemplate.parse(form);
        Inspection inspection = new Inspection(session.harness(), only.isEmpty() ? type.or("") : only, sizes.isSet());
        List<JsonNode> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names.list()) {
            Optional<JsonNode> document = inspection.find(name);
            document.ifPresent(found::add);
            if (document.isEmpty()) {
                missing.add(name);
            }
        }
        if (template == null) {
            session.out().print(form == null ? IndentedJson.text(found) : IndentedJson.line(found));
        } else {
            found.forEach(document -> session.out().println(template.render(document)));
        }
        session.out().flush();
        missing.forEach(name -> session.err().println("Error: No such " + inspection.kind() + ": " + name));
        return missing.isEmpty() ? ExitStatus.OK : ExitStatus.PARTIAL;
    }
}

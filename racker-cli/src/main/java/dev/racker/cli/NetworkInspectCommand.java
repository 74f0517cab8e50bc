package dev.racker.cli;

import dev.racker.cli.format.GoTemplate;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NetworkDefinition;
import dev.racker.harness.network.UserNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows everything about networks. */
@Command(name = "inspect", mixinStandardHelpOptions = true, description = "Show everything about networks.")
final class NetworkInspectCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "json|TEMPLATE",
            description = "How to print: an indented array (default), json on one line, or a template for each.")
    private String format = "";

    @Option(names = "-v", description = "Change nothing: everything is shown.")
    private boolean verbose;

    @Parameters(paramLabel = "NETWORK", arity = "1..*", description = "The network, by name or id.")
    private List<String> names;

    NetworkInspectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        GoTemplate template = format.isEmpty() || format.equals("json") ? null : GoTemplate.parse(format);
        UserNetworks networks = session.harness().networks().users();
        List<JsonNode> found = new ArrayList<>();
        List<HarnessException> failures = new ArrayList<>();
        for (String name : names) {
            try {
                NetworkDefinition network = networks.get(name);
                found.add(NetworkJson.details(
                        network,
                        networks.endpoints(network),
                        session.harness().containers().list()));
            } catch (HarnessException e) {
                failures.add(e);
            }
        }
        if (template != null) {
            found.forEach(network -> session.out().println(template.render(network)));
        } else {
            session.out().print(format.isEmpty() ? IndentedJson.text(found) : IndentedJson.line(found));
        }
        failures.forEach(session::tell);
        return failures.isEmpty() ? ExitStatus.OK : ExitStatus.PARTIAL;
    }
}

package dev.racker.cli;

import dev.racker.cli.format.Formatted;
import dev.racker.harness.Session;
import dev.racker.harness.network.NetworkDefinition;
import dev.racker.harness.network.UserNetworks;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists networks. */
@Command(name = "ls", aliases = "list", mixinStandardHelpOptions = true, description = "List networks.")
final class NetworkLsCommand implements Callable<Integer> {

    private static final Map<String, String> HEADINGS = Map.of(
            "CreatedAt", "CREATED AT",
            "Driver", "DRIVER",
            "ID", "NETWORK ID",
            "IPv4", "IPV4",
            "IPv6", "IPV6",
            "Internal", "INTERNAL",
            "Labels", "LABELS",
            "Name", "NAME",
            "Scope", "SCOPE");

    private static final Set<String> FILTERS = Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

    private final Session session;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "NAME=VALUE",
            description = "List only these: dangling=true|false, driver=NAME, id=ID, label=KEY[=VALUE], name=TEXT,"
                    + " scope=local, type=custom|builtin.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "table|json|TEMPLATE",
            description = "How to print: table (default), table TEMPLATE, json, or a template.")
    private String format;

    @Option(names = "--no-trunc", description = "Print whole ids.")
    private boolean whole;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the ids.")
    private boolean quiet;

    NetworkLsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return NetworkCommand.telling(session, this::list);
    }

    private void list() {
        Formatted formatted = Formatted.parse(
                format == null && quiet ? "{{.ID}}" : format,
                quiet ? "{{.ID}}" : "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}",
                HEADINGS);
        UserNetworks networks = session.harness().networks().users();
        NetworkFilter filter = new NetworkFilter(
                filters, FILTERS, network -> !networks.endpoints(network).isEmpty());
        List<JsonNode> rows = new ArrayList<>();
        for (NetworkDefinition network : networks.list()) {
            if (filter.fits(network)) {
                rows.add(NetworkJson.row(network, !whole));
            }
        }
        formatted.print(new PrintWriter(session.out(), true), rows);
    }
}

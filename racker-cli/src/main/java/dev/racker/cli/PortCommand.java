package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.Connections;
import dev.racker.harness.network.PortMapping;
import dev.racker.harness.store.ContainerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the published ports of a container. */
@Command(name = "port", mixinStandardHelpOptions = true, description = "List the published ports of a container.")
final class PortCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String container;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PORT[/PROTO]",
            description = "Print only where this port of the machine answers.")
    private String port;

    PortCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return NetworkCommand.telling(session, this::list);
    }

    private void list() {
        PortMapping wanted = port == null ? null : PortMapping.exposed(port);
        Harness harness = session.harness();
        ContainerRecord record = harness.containers().get(container);
        List<String> lines = new ArrayList<>();
        Connections connections = harness.networks().connections(record);
        for (PortMapping mapping : connections.ports()) {
            for (int i = 0; i < mapping.count(); i++) {
                PortMapping single = mapping.single(i);
                boolean fits = wanted == null
                        || single.port() == wanted.port() && single.protocol().equals(wanted.protocol());
                String inside = wanted == null ? single.port() + "/" + single.protocol() + " -> " : "";
                for (String address : fits ? connections.answering(single) : List.<String>of()) {
                    lines.add(inside + address);
                }
            }
        }
        if (lines.isEmpty() && wanted != null) {
            throw new HarnessException(
                    "No public port '" + wanted.port() + "/" + wanted.protocol() + "' published for " + container + ".",
                    "See `racker port " + container + "`.");
        }
        lines.forEach(session.out()::println);
    }
}

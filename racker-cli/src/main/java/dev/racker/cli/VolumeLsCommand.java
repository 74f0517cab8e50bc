package dev.racker.cli;

import dev.racker.cli.format.Formatted;
import dev.racker.harness.Session;
import dev.racker.harness.Volumes;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.Volume;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists volumes. */
@Command(name = "ls", aliases = "list", mixinStandardHelpOptions = true, description = "List volumes.")
final class VolumeLsCommand implements Callable<Integer> {

    private static final Map<String, String> HEADINGS = Map.of(
            "Availability", "AVAILABILITY",
            "Driver", "DRIVER",
            "Group", "GROUP",
            "Labels", "LABELS",
            "Links", "LINKS",
            "Mountpoint", "MOUNTPOINT",
            "Name", "VOLUME NAME",
            "Scope", "SCOPE",
            "Size", "SIZE",
            "Status", "STATUS");

    private final Session session;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "NAME=VALUE",
            description = "List only these: dangling=true|false, driver=local, label=KEY[=VALUE], name=TEXT.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "table|json|TEMPLATE",
            description = "How to print: table (default), table TEMPLATE, json, or a template.")
    private String format;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the names.")
    private boolean quiet;

    VolumeLsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try {
            list();
            return ExitStatus.OK;
        } catch (HarnessException e) {
            session.tell(e);
            return ExitStatus.PARTIAL;
        }
    }

    private void list() {
        Formatted formatted = Formatted.parse(
                format == null && quiet ? "{{.Name}}" : format,
                quiet ? "{{.Name}}" : "{{.Driver}}\t{{.Name}}",
                HEADINGS);
        Volumes volumes = session.harness().volumes();
        VolumeFilter filter = new VolumeFilter(filters, Set.of("dangling", "driver", "label", "name"), volumes::isUsed);
        List<JsonNode> rows = new ArrayList<>();
        for (Volume volume : volumes.list()) {
            if (filter.fits(volume)) {
                rows.add(VolumeJson.row(volume, volumes));
            }
        }
        formatted.print(new PrintWriter(session.out(), true), rows);
    }
}

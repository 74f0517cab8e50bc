package dev.racker.cli;

import dev.racker.harness.ContainerState;
import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.console.Table;
import dev.racker.harness.store.ContainerRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists containers. */
@Command(name = "ps", mixinStandardHelpOptions = true, description = "List containers, the youngest first.")
final class PsCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-a", "--all"},
            description = "List those without a running machine too.")
    private boolean all;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the ids.")
    private boolean quiet;

    @Option(names = "--no-trunc", description = "Print whole ids and commands.")
    private boolean whole;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            description = "List the N youngest, whether they run or not.")
    private int last = -1;

    @Option(
            names = {"-l", "--latest"},
            description = "List the youngest, whether it runs or not.")
    private boolean latest;

    @Option(
            names = {"-s", "--size"},
            description = "Print how much room they take.")
    private boolean sizes;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "NAME=VALUE",
            description = "List only those that fit: id, name, label, status, exited, ancestor, before, since, health, "
                    + "volume, network, publish, expose.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "json|table TEMPLATE|TEMPLATE",
            description = "Print as JSON, or by a template of Go's such as {{.ID}}: {{.Names}}.")
    private String format;

    PsCommand(Session session) {
        this.session = session;
    }

    /**
     * A container that is listed.
     *
     * @param record what is written down about it
     * @param state how it is
     */
    record Listed(ContainerRecord record, ContainerState state) {}

    @Override
    public Integer call() {
        Harness harness = session.harness();
        return NetworkCommand.telling(session, () -> list(harness));
    }

    private void list(Harness harness) {
        List<Listed> listed = select(harness, ContainerFilter.ofList(harness, filters));
        PrintWriter out = new PrintWriter(session.out());
        if (quiet) {
            listed.forEach(each -> out.println(id(each.record())));
        } else if (format != null) {
            new ContainerRows(harness, whole, sizes).print(format, listed, out);
        } else {
            table(harness, listed).print(out);
        }
        out.flush();
    }

    private List<Listed> select(Harness harness, ContainerFilter filter) {
        int most = latest ? 1 : last < 0 ? Integer.MAX_VALUE : last;
        boolean everyone = all || latest || last >= 0 || filter.wantsAll();
        List<ContainerRecord> records = new ArrayList<>(harness.containers().list());
        Collections.reverse(records);
        List<Listed> listed = new ArrayList<>();
        for (ContainerRecord record : records) {
            if (listed.size() == most) {
                break;
            }
            ContainerState state = harness.containers().state(record);
            if ((everyone || state.isRunning()) && filter.fits(record, state)) {
                listed.add(new Listed(record, state));
            }
        }
        return listed;
    }

    private String id(ContainerRecord record) {
        return whole ? record.id() : record.shortId();
    }

    private Table table(Harness harness, List<Listed> listed) {
        ContainerWords words = new ContainerWords(Instant.now());
        List<String> headings =
                new ArrayList<>(List.of("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"));
        if (sizes) {
            headings.add("SIZE");
        }
        Table table = new Table(headings.toArray(String[]::new));
        ContainerSizes room = new ContainerSizes(harness);
        for (Listed each : listed) {
            ContainerRecord record = each.record();
            List<String> cells = new ArrayList<>(List.of(
                    id(record),
                    ContainerWords.image(record),
                    ContainerWords.command(record, whole),
                    words.age(record),
                    words.status(each.state()),
                    each.state().isRunning()
                            ? ContainerWords.ports(harness.networks().connections(record))
                            : "",
                    record.name()));
            if (sizes) {
                cells.add(room.text(record));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }
}

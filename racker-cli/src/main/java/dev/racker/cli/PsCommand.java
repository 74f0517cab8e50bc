package dev.racker.cli;

import dev.racker.harness.ContainerState;
import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.console.Table;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import dev.racker.harness.store.ContainerRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Lists containers. */
@Command(name = "ps", mixinStandardHelpOptions = true, description = "List containers, the youngest first.")
final class PsCommand extends DeclaredCommand {

    private final Session session;

    private final Flag all = flag("-a, --all", "List those without a running machine too.");

    private final Flag quiet = flag("-q, --quiet", "Print only the ids.");

    private final Flag whole = flag("--no-trunc", "Print whole ids and commands.");

    private final Value<Integer> last =
            value(Integer.class, "-n, --last", "N", "List the N youngest, whether they run or not.");

    private final Flag latest = flag("-l, --latest", "List the youngest, whether it runs or not.");

    private final Flag sizes = flag("-s, --size", "Print how much room they take.");

    private final Values<String> filters = texts(
            "-f, --filter",
            "NAME=VALUE",
            "List only those that fit: id, name, label, status, exited, ancestor, before, since, health, "
                    + "volume, network, publish, expose.");

    private final Value<String> format = text(
            "--format",
            "json|table TEMPLATE|TEMPLATE",
            "Print as JSON, or by a template of Go's such as {{.ID}}: {{.Names}}.");

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
        List<Listed> listed = select(harness, ContainerFilter.ofList(harness, filters.list()));
        PrintWriter out = new PrintWriter(session.out());
        if (quiet.isSet()) {
            listed.forEach(each -> out.println(id(each.record())));
        } else if (format.given() != null) {
            new ContainerRows(harness, whole.isSet(), sizes.isSet()).print(format.given(), listed, out);
        } else {
            table(harness, listed).print(out);
        }
        out.flush();
    }

    private List<Listed> select(Harness harness, ContainerFilter filter) {
        int youngest = last.or(-1);
        int most = latest.isSet() ? 1 : youngest < 0 ? Integer.MAX_VALUE : youngest;
        boolean everyone = all.isSet() || latest.isSet() || youngest >= 0 || filter.wantsAll();
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
        return whole.isSet() ? record.id() : record.shortId();
    }

    private Table table(Harness harness, List<Listed> listed) {
        ContainerWords words = new ContainerWords(Instant.now());
        List<String> headings =
                new ArrayList<>(List.of("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"));
        if (sizes.isSet()) {
            headings.add("SIZE");
        }
        Table table = new Table(headings.toArray(String[]::new));
        ContainerSizes room = new ContainerSizes(harness);
        Map<String, String> images = new HashMap<>();
        for (Listed each : listed) {
            ContainerRecord record = each.record();
            List<String> cells = new ArrayList<>(List.of(
                    id(record),
                    images.computeIfAbsent(record.image(), ContainerWords::image),
                    ContainerWords.command(record, whole.isSet()),
                    words.age(record),
                    words.status(each.state()),
                    each.state().isRunning()
                            ? ContainerWords.ports(harness.networks().connections(record))
                            : "",
                    record.name()));
            if (sizes.isSet()) {
                cells.add(room.text(record));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }
}

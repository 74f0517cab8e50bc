package dev.racker.cli;

import dev.racker.cli.PsCommand.Listed;
import dev.racker.cli.format.Formatted;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.Harness;
import dev.racker.harness.machine.MountPlan;
import dev.racker.harness.store.ContainerRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Containers as {@code ps --format} prints them. */
final class ContainerRows {

    private static final String STANDARD =
            "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";

    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry("ID", "CONTAINER ID"),
            Map.entry("Names", "NAMES"),
            Map.entry("Image", "IMAGE"),
            Map.entry("Command", "COMMAND"),
            Map.entry("CreatedAt", "CREATED AT"),
            Map.entry("RunningFor", "CREATED"),
            Map.entry("Ports", "PORTS"),
            Map.entry("State", "STATE"),
            Map.entry("Status", "STATUS"),
            Map.entry("Size", "SIZE"),
            Map.entry("Labels", "LABELS"),
            Map.entry("Mounts", "MOUNTS"),
            Map.entry("LocalVolumes", "LOCAL VOLUMES"),
            Map.entry("Networks", "NETWORKS"));

    private final Harness harness;
    private final ContainerSizes room;
    private final ContainerWords words = new ContainerWords(Instant.now());
    private final boolean whole;
    private final boolean sizes;

    ContainerRows(Harness harness, boolean whole, boolean sizes) {
        this.harness = harness;
        this.room = new ContainerSizes(harness);
        this.whole = whole;
        this.sizes = sizes;
    }

    void print(String format, List<Listed> listed, PrintWriter out) {
        Formatted formatted = Formatted.parse(format, sizes ? STANDARD + "\t{{.Size}}" : STANDARD, HEADINGS);
        boolean measured = sizes || format.contains(".Size");
        List<ObjectNode> rows = new ArrayList<>();
        for (Listed each : listed) {
            rows.add(row(each, measured));
        }
        formatted.print(out, rows);
    }

    private ObjectNode row(Listed listed, boolean measured) {
        ContainerRecord record = listed.record();
        ContainerOptions options = harness.containers().options(record);
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("Command", ContainerWords.command(record, whole));
        row.put("CreatedAt", ContainerWords.createdAt(record));
        row.put("ID", whole ? record.id() : record.shortId());
        row.put("Image", ContainerWords.image(record));
        row.put("Labels", ContainerWords.labels(record.labels()));
        MountPlan plan = harness.mounts().of(record);
        row.put("LocalVolumes", Integer.toString(plan.volumes().size()));
        row.put("Mounts", new MountsDocument(harness.volumes(), plan).names(whole));
        row.put("Names", record.name());
        row.put("Networks", String.join(",", ContainerFilter.networks(options)));
        boolean running = listed.state().isRunning();
        row.put("Ports", running ? ContainerWords.ports(harness.networks().connections(record)) : "");
        row.put("RunningFor", words.age(record));
        row.put("Size", measured ? room.text(record) : "0B");
        row.put("State", listed.state().status().word());
        row.put("Status", words.status(listed.state()));
        return row;
    }
}

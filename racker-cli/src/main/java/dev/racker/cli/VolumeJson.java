package dev.racker.cli;

import dev.racker.harness.Volumes;
import dev.racker.harness.store.Volume;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Volumes as docker's command line shows them. */
final class VolumeJson {

    private static final String UNKNOWN = "N/A";
    private static final String SCOPE = "local";

    private VolumeJson() {}

    /** What {@code volume inspect} shows. */
    static ObjectNode details(Volume volume, Volumes volumes) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put(
                "CreatedAt",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        volume.created().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault())));
        node.put("Driver", Volume.DRIVER);
        node.set("Labels", map(volume.labels()));
        node.put("Mountpoint", volumes.mountPoint(volume).toString());
        node.put("Name", volume.name());
        node.set("Options", map(volume.options()));
        node.put("Scope", SCOPE);
        return node;
    }

    /** docker writes null for a map in which nothing was ever put. */
    private static tools.jackson.databind.JsonNode map(Map<String, String> values) {
        if (values.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(values).forEach(node::put);
        return node;
    }

    /** A row of {@code volume ls}. */
    static ObjectNode row(Volume volume, Volumes volumes) {
        StringBuilder labels = new StringBuilder();
        new TreeMap<>(volume.labels())
                .forEach((key, value) -> labels.append(labels.length() == 0 ? "" : ",")
                        .append(key)
                        .append('=')
                        .append(value));
        return JsonNodeFactory.instance
                .objectNode()
                .put("Availability", UNKNOWN)
                .put("Driver", Volume.DRIVER)
                .put("Group", UNKNOWN)
                .put("Labels", labels.toString())
                .put("Links", UNKNOWN)
                .put("Mountpoint", volumes.mountPoint(volume).toString())
                .put("Name", volume.name())
                .put("Scope", SCOPE)
                .put("Size", UNKNOWN)
                .put("Status", UNKNOWN);
    }
}

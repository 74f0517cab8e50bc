package dev.racker.cli;

import dev.racker.harness.ContainerState;
import dev.racker.harness.Harness;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How much room everything takes, as {@code system df} prints it. */
final class RoomTaken {

    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry("Repository", "REPOSITORY"),
            Map.entry("Tag", "TAG"),
            Map.entry("CreatedSince", "CREATED"),
            Map.entry("Size", "SIZE"),
            Map.entry("SharedSize", "SHARED SIZE"),
            Map.entry("UniqueSize", "UNIQUE SIZE"),
            Map.entry("Containers", "CONTAINERS"),
            Map.entry("Image", "IMAGE"),
            Map.entry("Command", "COMMAND"),
            Map.entry("LocalVolumes", "LOCAL VOLUMES"),
            Map.entry("RunningFor", "CREATED"),
            Map.entry("Status", "STATUS"),
            Map.entry("Names", "NAMES"),
            Map.entry("Name", "VOLUME NAME"),
            Map.entry("Links", "LINKS"));

    /** What stands above the columns; {@code id} above those of ids. */
    static Map<String, String> headings(String id) {
        Map<String, String> all = new HashMap<>(HEADINGS);
        all.put("ID", id);
        return all;
    }

    private static final int PERCENT = 100;

    private final Harness harness;
    private final ContainerSizes room;
    private final List<ContainerRecord> records;
    private final List<StoredImage> stored;

    RoomTaken(Harness harness) {
        this.harness = harness;
        this.room = new ContainerSizes(harness);
        this.records = harness.containers().list();
        this.stored = harness.store().images().list().images();
    }

    /** A row for each kind. */
    List<ObjectNode> summary() {
        Set<LayerId> all = new HashSet<>();
        Set<LayerId> used = new HashSet<>();
        int active = 0;
        for (StoredImage image : stored) {
            all.addAll(image.layers());
            if (users(image) > 0) {
                active++;
                used.addAll(image.layers());
            }
        }
        List<ObjectNode> rows = new ArrayList<>();
        long images = sum(all);
        rows.add(row("Images", stored.size(), active, images, images - sum(used)));
        rows.add(containersRow());
        rows.add(volumesRow());
        return rows;
    }

    private long sum(Set<LayerId> layers) {
        long sum = 0;
        for (LayerId layer : layers) {
            sum += harness.store().layers().contains(layer)
                    ? harness.store().layers().size(layer)
                    : 0;
        }
        return sum;
    }

    private int users(StoredImage image) {
        int users = 0;
        for (ContainerRecord record : records) {
            users += record.image().equals(image.name()) ? 1 : 0;
        }
        return users;
    }

    private ObjectNode containersRow() {
        long size = 0;
        long reclaimable = 0;
        int running = 0;
        for (ContainerRecord record : records) {
            long written = room.written(record);
            ContainerState state = harness.containers().state(record);
            size += written;
            running += state.isRunning() ? 1 : 0;
            reclaimable += StoppedContainers.isStopped(state) ? written : 0;
        }
        return row("Containers", records.size(), running, size, reclaimable);
    }

    private ObjectNode volumesRow() {
        long size = 0;
        long reclaimable = 0;
        int active = 0;
        List<Volume> all = harness.volumes().list();
        for (Volume volume : all) {
            long taken = harness.volumes().size(volume);
            boolean used = harness.volumes().isUsed(volume);
            size += taken;
            active += used ? 1 : 0;
            reclaimable += used ? 0 : taken;
        }
        return row("Local Volumes", all.size(), active, size, reclaimable);
    }

    private static ObjectNode row(String type, int total, int active, long size, long reclaimable) {
        String share = size == 0 ? "" : " (" + reclaimable * PERCENT / size + "%)";
        return JsonNodeFactory.instance
                .objectNode()
                .put("Active", Integer.toString(active))
                .put("Reclaimable", ByteSize.text(reclaimable) + share)
                .put("Size", ByteSize.text(size))
                .put("TotalCount", Integer.toString(total))
                .put("Type", type);
    }

    /** A row for each image. */
    List<ObjectNode> images() {
        Set<LayerId> seen = new HashSet<>();
        Set<LayerId> shared = new HashSet<>();
        for (StoredImage image : stored) {
            for (LayerId layer : new HashSet<>(image.layers())) {
                if (!seen.add(layer)) {
                    shared.add(layer);
                }
            }
        }
        List<ObjectNode> rows = new ArrayList<>();
        for (StoredImage image : stored) {
            Set<LayerId> common = new HashSet<>(image.layers());
            common.retainAll(shared);
            long sharedSize = sum(common);
            String tag = ImageName.tagged(image).map(name -> name.tag()).orElse("<none>");
            String repository =
                    ImageName.tagged(image).map(name -> name.repository()).orElse(image.name());
            rows.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("Repository", repository)
                    .put("Tag", tag)
                    .put("ID", image.digest().hex().substring(0, 12))
                    .put("CreatedSince", Ages.since(image.created()))
                    .put("Size", ByteSize.text(image.size()))
                    .put("SharedSize", ByteSize.text(sharedSize))
                    .put("UniqueSize", ByteSize.text(Math.max(0, image.size() - sharedSize)))
                    .put("Containers", Integer.toString(users(image))));
        }
        return rows;
    }

    /** A row for each container. */
    List<ObjectNode> containers() {
        ContainerWords words = new ContainerWords(Instant.now());
        List<ObjectNode> rows = new ArrayList<>();
        for (ContainerRecord record : records) {
            rows.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("ID", record.shortId())
                    .put("Image", ContainerWords.image(record))
                    .put("Command", ContainerWords.command(record, false))
                    .put(
                            "LocalVolumes",
                            Integer.toString(
                                    harness.mounts().of(record).volumes().size()))
                    .put("Size", ByteSize.text(room.written(record)))
                    .put("RunningFor", words.age(record))
                    .put("Status", words.status(harness.containers().state(record)))
                    .put("Names", record.name()));
        }
        return rows;
    }

    /** A row for each volume. */
    List<ObjectNode> volumes() {
        List<ObjectNode> rows = new ArrayList<>();
        for (Volume volume : harness.volumes().list()) {
            rows.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("Name", volume.name())
                    .put("Links", Integer.toString(harness.volumes().links(volume)))
                    .put("Size", ByteSize.text(harness.volumes().size(volume))));
        }
        return rows;
    }
}

package dev.racker.harness;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StoredImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A machine that is booted and waits until somebody claims it, as it is noted in its runtime directory.
 *
 * @param id its container's id
 * @param name its container's name
 * @param image the image's name
 * @param layers the layers of its root, lowest first
 * @param network what it is connected to
 * @param idle how long it waits at most; zero is for ever
 * @param host the boot of the host and the name servers that it knows, see {@link HostState}
 * @param since since when it waits
 */
public record Standby(
        String id,
        String name,
        String image,
        List<LayerId> layers,
        NetworkMode network,
        Duration idle,
        String host,
        Instant since) {

    /** Takes a copy. */
    public Standby {
        layers = List.copyOf(layers);
    }

    static Standby of(ContainerRecord record, StandbySetting setting, String host) {
        return new Standby(
                record.id(),
                record.name(),
                record.image(),
                record.layers(),
                setting.network(),
                setting.idle(),
                host,
                Instant.ofEpochMilli(System.currentTimeMillis()));
    }

    /** Says whether it is what is wanted of this image now, on the host as it is now. */
    boolean fits(StandbySetting setting, StoredImage stored, String now) {
        return image.equals(setting.image())
                && network == setting.network()
                && idle.equals(setting.idle())
                && host.equals(now)
                && layers.equals(stored.stack(IdMapping.SHIFTED));
    }

    /** The container that it becomes when somebody claims it for this. */
    ContainerRecord container(ContainerOptions options) {
        return new ContainerRecord(
                id, name, image, layers, options.process().arguments(), Instant.now(), true, options.labels());
    }

    /** The container that it is while it waits. */
    ContainerRecord container() {
        return new ContainerRecord(id, name, image, layers, List.of(), since, true, Map.of());
    }

    byte[] toJson() {
        List<String> ids = new ArrayList<>(layers.size());
        layers.forEach(layer -> ids.add(layer.value()));
        return new JsonWriter()
                .string("id", id)
                .string("name", name)
                .string("image", image)
                .strings("layers", ids)
                .string("network", network.toString())
                .number("idle_ms", idle.toMillis())
                .string("host", host)
                .number("since_ms", since.toEpochMilli())
                .toBytes();
    }

    static Standby fromJson(byte[] json) {
        String id = null;
        String name = null;
        String image = null;
        List<LayerId> layers = new ArrayList<>();
        NetworkMode network = NetworkMode.BRIDGE;
        Duration idle = Duration.ZERO;
        String host = "";
        Instant since = Instant.EPOCH;
        try (JsonReader in = JsonReader.of(json)) {
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "id" -> id = in.string();
                    case "name" -> name = in.string();
                    case "image" -> image = in.string();
                    case "layers" -> in.strings().forEach(layer -> layers.add(new LayerId(layer)));
                    case "network" -> network = NetworkMode.parse(in.string());
                    case "idle_ms" -> idle = Duration.ofMillis(in.number());
                    case "host" -> host = in.string();
                    case "since_ms" -> since = Instant.ofEpochMilli(in.number());
                    default -> in.skip();
                }
            }
            in.end();
        }
        if (id == null || name == null || image == null) {
            throw new MalformedJsonException("id, name or image is missing", null);
        }
        return new Standby(id, name, image, layers, network, idle, host, since);
    }
}

package dev.racker.harness;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.Tmpfs;
import dev.racker.harness.network.NetworkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The options of a container as a document beside its record, so that it can be started again. */
final class ContainerOptionsJson {

    private ContainerOptionsJson() {}

    static byte[] write(ContainerOptions options) {
        JsonWriter json = new JsonWriter()
                .string("hostname", options.hostname())
                .bool("host_users", options.hostUsers())
                .number("boot_timeout_ms", options.bootTimeout().toMillis());
        options.boot().write(json, "systemd");
        if (!options.network().areDefaults()) {
            json.object("network");
            options.network().write(json);
            json.endObject();
        }
        if (!options.limits().isNone()) {
            json.object("limits");
            options.limits().write(json);
            json.endObject();
        }
        json.object("isolation");
        options.isolation().write(json);
        json.endObject().array("binds");
        for (Bind bind : options.binds()) {
            json.element()
                    .string("source", bind.source().toString())
                    .string("target", bind.target())
                    .bool("read_only", bind.readOnly())
                    .endObject();
        }
        json.endArray().array("tmpfs");
        for (Tmpfs tmpfs : options.tmpfs()) {
            json.element()
                    .string("target", tmpfs.target())
                    .string("options", tmpfs.options())
                    .endObject();
        }
        json.endArray().object("process");
        options.process().write(json);
        json.endObject().object("lifecycle");
        options.lifecycle().write(json);
        return json.endObject().toBytes();
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @param name the container's name
     * @param ephemeral whether the container is removed when its machine ends
     * @param labels what its user notes about it
     */
    static ContainerOptions read(byte[] document, String name, boolean ephemeral, Map<String, String> labels) {
        ContainerOptions options =
                ContainerOptions.defaults().named(name).ephemeral(ephemeral).labelled(labels);
        try (JsonReader in = JsonReader.of(document)) {
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                options = property(options, property, in);
            }
            in.end();
        }
        return options;
    }

    private static ContainerOptions property(ContainerOptions options, String property, JsonReader in) {
        return switch (property) {
            case "hostname" -> options.hostname(in.string());
            case "systemd" -> options.booting(BootDecision.read(in));
            case "network" -> options.on(NetworkSettings.read(in));
            case "host_users" -> options.hostUsers(in.bool());
            case "limits" -> options.limitedTo(Limits.read(in));
            case "isolation" -> options.isolated(Isolation.read(in));
            case "binds" -> options.with(binds(in));
            case "tmpfs" -> options.inMemory(tmpfs(in));
            case "process" -> options.running(ContainerProcess.read(in));
            case "lifecycle" -> options.living(Lifecycle.read(in));
            case "boot_timeout_ms" -> options.bootWithin(Duration.ofMillis(in.number()));
            default -> {
                in.skip();
                yield options;
            }
        };
    }

    private static List<Bind> binds(JsonReader in) {
        List<Bind> binds = new ArrayList<>();
        in.array();
        while (in.element()) {
            String source = "";
            String target = "";
            boolean readOnly = false;
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "source" -> source = in.string();
                    case "target" -> target = in.string();
                    case "read_only" -> readOnly = in.bool();
                    default -> in.skip();
                }
            }
            binds.add(new Bind(Path.of(source), target, readOnly));
        }
        return binds;
    }

    private static List<Tmpfs> tmpfs(JsonReader in) {
        List<Tmpfs> all = new ArrayList<>();
        in.array();
        while (in.element()) {
            String target = "";
            String options = "";
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "target" -> target = in.string();
                    case "options" -> options = in.string();
                    default -> in.skip();
                }
            }
            all.add(new Tmpfs(target, options));
        }
        return all;
    }
}

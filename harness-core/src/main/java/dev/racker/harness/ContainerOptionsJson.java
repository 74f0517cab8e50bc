package dev.racker.harness;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.Tmpfs;
import dev.racker.harness.network.NetworkMode;
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
                .bool("boots", options.boots())
                .string("network", options.network().toString())
                .strings("dns", options.dns())
                .bool("host_users", options.hostUsers())
                .number("boot_timeout_ms", options.bootTimeout().toMillis());
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
        String hostname = "";
        boolean boots = true;
        NetworkMode network = NetworkMode.BRIDGE;
        List<String> dns = List.of();
        boolean hostUsers = false;
        Limits limits = Limits.none();
        Isolation isolation = Isolation.of(true, false);
        List<Bind> binds = List.of();
        List<Tmpfs> tmpfs = List.of();
        ContainerProcess process = ContainerProcess.none();
        Lifecycle lifecycle = Lifecycle.defaults();
        Duration bootTimeout = ContainerOptions.DEFAULT_BOOT_TIMEOUT;
        try (JsonReader in = JsonReader.of(document)) {
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "hostname" -> hostname = in.string();
                    case "boots" -> boots = in.bool();
                    case "network" -> network = NetworkMode.parse(in.string());
                    case "dns" -> dns = in.strings();
                    case "host_users" -> hostUsers = in.bool();
                    case "limits" -> limits = Limits.read(in);
                    case "isolation" -> isolation = Isolation.read(in);
                    case "binds" -> binds = binds(in);
                    case "tmpfs" -> tmpfs = tmpfs(in);
                    case "process" -> process = ContainerProcess.read(in);
                    case "lifecycle" -> lifecycle = Lifecycle.read(in);
                    case "boot_timeout_ms" -> bootTimeout = Duration.ofMillis(in.number());
                    default -> in.skip();
                }
            }
            in.end();
        }
        return new ContainerOptions(
                name,
                hostname,
                ephemeral,
                boots,
                network,
                dns,
                hostUsers,
                limits,
                isolation,
                binds,
                tmpfs,
                process,
                lifecycle,
                labels,
                bootTimeout);
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

package dev.racker.cli;

import dev.racker.harness.ContainerOptions;
import dev.racker.harness.ContainerState;
import dev.racker.harness.Containers;
import dev.racker.harness.Harness;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Containers as {@code docker container inspect} shows them; what only racker knows is under "Racker". */
final class ContainerDocuments {

    /** What docker writes for a time that has not come. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final Harness harness;
    private final Optional<ContainerSizes> sizes;

    ContainerDocuments(Harness harness, Optional<ContainerSizes> sizes) {
        this.harness = harness;
        this.sizes = sizes;
    }

    /** All that is known of a container. */
    JsonNode of(ContainerRecord record) {
        Containers containers = harness.containers();
        ContainerOptions options = containers.options(record);
        MachinePlace place = containers.place(record);
        Optional<StoredImage> image = harness.store().images().find(record.image());
        List<String> command = record.command().isEmpty() ? List.of(ContainerWords.INIT) : record.command();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Id", record.id());
        document.put("Created", record.created().toString());
        document.put("Path", command.get(0));
        texts(document.putArray("Args"), command.subList(1, command.size()));
        ContainerState state = containers.state(record);
        state(document.putObject("State"), state, options, place);
        document.put("Image", image.map(each -> each.digest().toString()).orElse(record.image()));
        document.put("LogPath", logPath(place, options).toString());
        document.put("Name", "/" + record.name());
        MountsDocument mounts =
                new MountsDocument(harness.volumes(), harness.mounts().of(record));
        document.put("RestartCount", state.restarts());
        document.put("Driver", "overlay2");
        document.put("Platform", "linux");
        new HostConfigDocument(options, mounts).write(document.putObject("HostConfig"));
        graph(document, record, place);
        sizes.ifPresent(room -> {
            long written = room.written(record);
            document.put("SizeRw", written);
            document.put("SizeRootFs", written + room.shared(record));
        });
        mounts.write(document.putArray("Mounts"));
        new ConfigDocument(record, options, image, containers.machineName(record)).write(document.putObject("Config"));
        new NetworkDocument(record.id(), harness.networks().connections(record), options, state.leader())
                .write(document.putObject("NetworkSettings"));
        ours(document.putObject("Racker"), record, options, place);
        return document;
    }

    private static Path logPath(MachinePlace place, ContainerOptions options) {
        return options.process().terminal() ? place.terminalLog() : place.log();
    }

    private static void state(ObjectNode node, ContainerState state, ContainerOptions options, MachinePlace place) {
        node.put("Status", state.status().word());
        node.put("Running", state.isRunning() || state.status() == ContainerState.Status.RESTARTING);
        node.put("Paused", state.status() == ContainerState.Status.PAUSED);
        node.put("Restarting", state.status() == ContainerState.Status.RESTARTING);
        node.put("OOMKilled", state.oomKilled());
        node.put("Dead", false);
        node.put("Pid", state.leader());
        node.put("ExitCode", state.exitStatus());
        node.put("Error", "");
        node.put("StartedAt", state.started().map(Object::toString).orElse(NEVER));
        node.put("FinishedAt", state.finished().map(Object::toString).orElse(NEVER));
        if (options.lifecycle().health().isPresent()) {
            health(node.putObject("Health"), state, place);
        } else {
            node.putNull("Health"); // so that templates may ask for it
        }
    }

    /** Three lines of {@code health}: the word, the failures in a row, the last exit status. */
    private static void health(ObjectNode node, ContainerState state, MachinePlace place) {
        List<String> lines = text(place.health()).lines().toList();
        boolean known = lines.size() > 2 && state.isRunning();
        node.put("Status", known ? lines.get(0) : state.isRunning() ? "starting" : "unhealthy");
        node.put("FailingStreak", known ? Integer.parseInt(lines.get(1)) : 0);
        ArrayNode log = node.putArray("Log");
        Path output = place.run().resolve("health.output");
        if (known && Files.exists(output)) {
            log.addObject().put("ExitCode", Integer.parseInt(lines.get(2))).put("Output", text(output));
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return ""; // the machine has ended
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + file + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    private void graph(ObjectNode document, ContainerRecord record, MachinePlace place) {
        StringBuilder lower = new StringBuilder();
        List<LayerId> layers = record.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            lower.append(lower.isEmpty() ? "" : ":")
                    .append(harness.store().paths().layer(layers.get(i)));
        }
        ObjectNode graph = document.putObject("GraphDriver");
        graph.putObject("Data")
                .put("LowerDir", lower.toString())
                .put("MergedDir", place.root().toString())
                .put("UpperDir", place.container().resolve("upper").toString())
                .put("WorkDir", place.container().resolve("work").toString());
        graph.put("Name", "overlay2");
    }

    private void ours(ObjectNode node, ContainerRecord record, ContainerOptions options, MachinePlace place) {
        node.put("Boots", options.boots());
        node.put("Reason", options.boot().reason());
        node.put("Machine", harness.containers().machineName(record));
        node.put("ControlPlane", harness.launcher().plane());
        node.put("UserNamespace", !options.hostUsers());
        node.put("Ephemeral", record.ephemeral());
        node.put("Directory", place.container().toString());
        texts(
                node.putArray("Layers"),
                record.layers().stream().map(LayerId::value).toList());
    }

    static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}

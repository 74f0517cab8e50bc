package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.NoSuchImageException;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NetworkDefinition;
import dev.racker.harness.network.NoSuchNetworkException;
import dev.racker.harness.network.UserNetworks;
import dev.racker.harness.store.NoSuchVolumeException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds objects by name among containers, images, networks and volumes, in this order. */
final class Inspection {

    private static final List<String> KINDS = List.of("container", "image", "network", "volume");

    private final Harness harness;
    private final ContainerDocuments containers;
    private final String kind;

    /**
     * Takes what is looked for.
     *
     * @param kind of which kind; empty for all
     * @param sizes whether containers are measured
     */
    Inspection(Harness harness, String kind, boolean sizes) {
        if (!kind.isEmpty() && !KINDS.contains(kind)) {
            throw new HarnessException(
                    "Tried to inspect --type \"" + kind + "\", but \"" + kind + "\" is not a valid value for --type.",
                    "Use " + String.join(", ", KINDS) + ".");
        }
        this.harness = harness;
        this.kind = kind;
        this.containers =
                new ContainerDocuments(harness, sizes ? Optional.of(new ContainerSizes(harness)) : Optional.empty());
    }

    /** The word for what is looked for. */
    String kind() {
        return kind.isEmpty() ? "object" : kind;
    }

    Optional<JsonNode> find(String name) {
        if (isWanted("container")) {
            Optional<JsonNode> found = harness.containers().find(name).map(containers::of);
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<JsonNode> found = isWanted("image") ? image(name) : Optional.empty();
        if (found.isEmpty() && isWanted("network")) {
            found = network(name);
        }
        return found.isEmpty() && isWanted("volume") ? volume(name) : found;
    }

    private Optional<JsonNode> image(String name) {
        try {
            return Optional.of(
                    new ImageDocuments(harness.store()).of(harness.images().stored(name)));
        } catch (NoSuchImageException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> volume(String name) {
        try {
            return Optional.of(VolumeJson.details(harness.volumes().get(name), harness.volumes()));
        } catch (NoSuchVolumeException e) {
            return Optional.empty();
        }
    }

    private boolean isWanted(String each) {
        return kind.isEmpty() || kind.equals(each);
    }

    private Optional<JsonNode> network(String name) {
        try {
            UserNetworks networks = harness.networks().users();
            NetworkDefinition network = networks.get(name);
            return Optional.of(NetworkJson.details(
                    network, networks.endpoints(network), harness.containers().list()));
        } catch (NoSuchNetworkException e) {
            return Optional.empty();
        }
    }
}

package dev.racker.cli;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.json.Json;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.OciLayout.Descriptor;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Images of the store as {@code docker image inspect} shows them. */
final class ImageDocuments {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Store store;

    ImageDocuments(Store store) {
        this.store = store;
    }

    /** The configuration that the image came with; empty for what came without one. */
    Optional<JsonNode> original(StoredImage image) {
        OciLayout oci = store.oci();
        Optional<Descriptor> manifest = oci.entry(OciLayout.refName(image.name()));
        if (manifest.isEmpty() || !Files.exists(oci.blob(manifest.get().digest()))) {
            return Optional.empty();
        }
        Digest config = oci.manifest(manifest.get().digest()).config().digest();
        return Optional.of(Json.tree(oci.document(config)));
    }

    /** All that is known of an image, with docker's keys; what only racker knows is under "Racker". */
    ObjectNode of(StoredImage image) {
        JsonNode original = original(image).orElse(NODES.objectNode());
        ObjectNode document = NODES.objectNode();
        document.put("Id", image.digest().toString());
        addNames(document, image);
        document.put("Parent", "");
        document.put("Comment", comment(original));
        document.put("Created", image.created().toString());
        document.put("DockerVersion", original.path("docker_version").asString(""));
        document.put("Author", original.path("author").asString(""));
        document.set("Config", config(image, original));
        document.put("Architecture", image.platform().architecture());
        if (image.platform().variant() != null) {
            document.put("Variant", image.platform().variant());
        }
        document.put("Os", image.platform().os());
        document.put("Size", image.size());
        document.put("VirtualSize", image.size());
        addGraph(document, image);
        addLayers(document, image, original);
        document.putObject("Metadata").put("LastTagTime", image.pulled().toString());
        document.putObject("Racker")
                .put("Name", image.name())
                .put("Reference", image.reference())
                .put("Source", image.source())
                .put("Family", image.family())
                .put("Boot", image.boot().name().toLowerCase(Locale.ROOT));
        return document;
    }

    private void addNames(ObjectNode document, StoredImage image) {
        ArrayNode tags = document.putArray("RepoTags");
        ArrayNode digests = document.putArray("RepoDigests");
        for (StoredImage other : store.images().list().images()) {
            if (!other.digest().equals(image.digest())) {
                continue;
            }
            ImageName.tagged(other)
                    .ifPresent(name ->
                            tags.add(ImageName.registry(other.name()).isPresent() ? name.familiar() : other.name()));
            if (other.source().equals("registry")) {
                ImageName.registry(other.name())
                        .map(RegistryReference::familiarName)
                        .ifPresent(name -> digests.add(name + "@" + other.digest()));
            }
        }
    }

    private static String comment(JsonNode original) {
        JsonNode history = original.path("history");
        return history.isEmpty()
                ? ""
                : history.get(history.size() - 1).path("comment").asString("");
    }

    private static JsonNode config(StoredImage image, JsonNode original) {
        if (original.path("config").isObject()) {
            return original.path("config");
        }
        JsonWriter writer = new JsonWriter();
        image.config().write(writer, "config");
        return Json.tree(writer.toBytes()).path("config");
    }

    private void addGraph(ObjectNode document, StoredImage image) {
        List<LayerId> layers = image.layers();
        StringBuilder lower = new StringBuilder();
        for (int i = layers.size() - 2; i >= 0; i--) {
            lower.append(lower.isEmpty() ? "" : ":").append(store.layers().path(layers.get(i)));
        }
        ObjectNode data =
                document.putObject("GraphDriver").put("Name", "overlay2").putObject("Data");
        if (!lower.isEmpty()) {
            data.put("LowerDir", lower.toString());
        }
        data.put("UpperDir", store.layers().path(layers.get(layers.size() - 1)).toString());
    }

    /** What came without a configuration has no digests of archives; its layers are told by their names in the store. */
    private static void addLayers(ObjectNode document, StoredImage image, JsonNode original) {
        ArrayNode layers = document.putObject("RootFS").put("Type", "layers").putArray("Layers");
        JsonNode diffIds = original.path("rootfs").path("diff_ids");
        if (diffIds.isEmpty()) {
            image.layers().forEach(layer -> layers.add(layer.value()));
        } else {
            diffIds.forEach(layers::add);
        }
    }
}

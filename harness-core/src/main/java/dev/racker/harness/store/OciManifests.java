package dev.racker.harness.store;

import dev.racker.harness.json.Json;
import dev.racker.harness.store.OciLayout.Descriptor;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the manifests and indexes of OCI images (image-spec, manifest.md). */
public final class OciManifests {

    /** The media type of a manifest. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** The media type of a configuration. */
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    /** The media type of a layer that is not compressed; that of another ends in {@code +gzip} or {@code +zstd}. */
    public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private OciManifests() {}

    /** A manifest of these blobs, lowest layer first. */
    public static byte[] manifest(Descriptor config, List<Descriptor> layers) {
        ObjectNode manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2).put("mediaType", MANIFEST);
        manifest.set("config", node(config));
        ArrayNode list = manifest.putArray("layers");
        layers.forEach(layer -> list.add(node(layer)));
        return Json.mapper().writeValueAsBytes(manifest);
    }

    /** The same manifest with another configuration; annotations and layers stay. */
    public static byte[] withConfig(byte[] manifest, Descriptor config) {
        ObjectNode changed = (ObjectNode) OciDocuments.object(manifest, "manifest");
        changed.set("config", node(config));
        return Json.mapper().writeValueAsBytes(changed);
    }

    /**
     * An index of manifests, each of which is listed once for each of its names; one without a name once.
     *
     * @param names names for each manifest, in the order of the manifests
     */
    public static byte[] index(List<Descriptor> manifests, List<List<String>> names) {
        ObjectNode index = Json.mapper().createObjectNode();
        ArrayNode list = index.put("schemaVersion", 2).putArray("manifests");
        for (int i = 0; i < manifests.size(); i++) {
            Descriptor manifest = manifests.get(i);
            if (names.get(i).isEmpty()) {
                list.add(node(manifest));
            }
            for (String name : names.get(i)) {
                ObjectNode entry = node(manifest);
                // The first is what skopeo and podman read, the second what containerd and docker do.
                entry.putObject("annotations")
                        .put("org.opencontainers.image.ref.name", name)
                        .put("io.containerd.image.name", name);
                list.add(entry);
            }
        }
        return Json.mapper().writeValueAsBytes(index);
    }

    private static ObjectNode node(Descriptor blob) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("mediaType", blob.mediaType());
        node.put("digest", blob.digest().toString());
        node.put("size", blob.size());
        return node;
    }

    /** Says whether a manifest is one of docker's own format. */
    public static boolean isDockers(byte[] manifest) {
        JsonNode type = OciDocuments.object(manifest, "manifest").path("mediaType");
        return type.asString("").startsWith("application/vnd.docker.distribution.manifest.v2");
    }
}

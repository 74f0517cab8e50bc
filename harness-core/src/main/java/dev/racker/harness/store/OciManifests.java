package dev.racker.harness.store;

import dev.racker.harness.image.Digest;
import dev.racker.harness.json.Json;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.store.OciLayout.Descriptor;
import dev.racker.harness.store.OciLayout.Manifest;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The manifests and indexes of OCI images (image-spec, manifest.md) as documents, wherever they are. */
public final class OciManifests {

    /** The media type of a manifest. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** The media type of a configuration. */
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    /** The media type of a layer that is not compressed; that of another ends in {@code +gzip} or {@code +zstd}. */
    public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private OciManifests() {}

    /**
     * Reads an image manifest of this digest, of OCI or of docker's schema 2.
     *
     * @throws DamagedDocumentException when it is none
     */
    public static Manifest readManifest(Digest digest, byte[] document) {
        return OciDocuments.manifest(digest, document);
    }

    /**
     * Reads an index of manifests, of this digest; empty when the document is a manifest.
     *
     * @throws DamagedDocumentException when it is neither
     */
    public static List<Descriptor> readIndex(Digest digest, byte[] document) {
        return OciDocuments.descriptors(document, "index " + digest, "manifests");
    }

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
        JsonWriter out = new JsonWriter();
        try (JsonReader in = OciDocuments.open(manifest)) {
            for (String name = in.property(); name != null; name = in.property()) {
                if (name.equals("config")) {
                    in.skip();
                    write(out.object(name), config);
                    out.endObject();
                } else {
                    out.copy(name, in);
                }
            }
        } catch (MalformedJsonException e) {
            throw OciDocuments.damaged("manifest", e);
        }
        return out.toBytes();
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

    /** Writes what there is of a descriptor into the object that was begun. */
    static void write(JsonWriter out, Descriptor blob) {
        out.string("mediaType", blob.mediaType());
        out.string("digest", blob.digest().toString());
        out.number("size", blob.size());
        if (blob.platform() != null) {
            out.object("platform")
                    .string("architecture", blob.platform().architecture())
                    .string("os", blob.platform().os())
                    .string("variant", blob.platform().variant())
                    .endObject();
        }
        if (blob.refName() != null) {
            out.stringMap("annotations", Map.of(OciDocuments.REF_NAME, blob.refName()));
        }
    }

    /** Says whether a manifest is one of docker's own format. */
    public static boolean isDockers(byte[] manifest) {
        return OciDocuments.mediaType(manifest, "manifest")
                .startsWith("application/vnd.docker.distribution.manifest.v2");
    }
}

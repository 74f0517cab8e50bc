package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.Platform;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a registry or layout offers under a name: a manifest, or an index of manifests (image-spec, image-manifest.md and
 * image-index.md; docker's formats have the same fields).
 *
 * @param layers what the layers take, compressed, in bytes; 0 in an index and in docker's schema 1
 * @param manifests one for each platform; empty in a manifest
 */
record OciManifest(long layers, List<Entry> manifests) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** One manifest of an index; platform and name may be null. */
    record Entry(String mediaType, Digest digest, long size, Platform platform, String refName) {}

    /**
     * Reads a manifest or an index.
     *
     * @throws HarnessException when the bytes are neither; the message holds {@code name}
     */
    static OciManifest parse(String name, byte[] json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (!root.isObject()) {
                throw damaged(name, "it is no JSON object", null);
            }
            long layers = 0;
            for (JsonNode layer : root.path("layers")) {
                layers += layer.path("size").asLong(0);
            }
            List<Entry> manifests = new ArrayList<>();
            for (JsonNode manifest : root.path("manifests")) {
                manifests.add(entry(name, manifest));
            }
            return new OciManifest(layers, List.copyOf(manifests));
        } catch (JacksonException e) {
            throw damaged(name, e.getOriginalMessage(), e);
        }
    }

    boolean isIndex() {
        return !manifests.isEmpty();
    }

    private static Entry entry(String name, JsonNode node) {
        if (!node.path("digest").isString()) {
            throw damaged(name, "an entry has no digest", null);
        }
        return new Entry(
                node.path("mediaType").asString(""),
                Digest.parse(node.path("digest").asString()),
                node.path("size").asLong(0),
                platform(node.path("platform")),
                node.path("annotations")
                        .path("org.opencontainers.image.ref.name")
                        .asString(null));
    }

    private static Platform platform(JsonNode node) {
        String os = node.path("os").asString("");
        String architecture = node.path("architecture").asString("");
        String variant = node.path("variant").asString("");
        if (os.isEmpty() || architecture.isEmpty() || os.equals("unknown")) {
            return null; // "unknown/unknown" is how buildkit marks attestations
        }
        return new Platform(os, architecture, variant.isEmpty() ? null : variant);
    }

    private static HarnessException damaged(String name, String why, Throwable cause) {
        return new HarnessException(
                "Tried to read the manifest of " + name + ", but it is damaged: " + why + ".",
                "Tell whoever made the image; `skopeo inspect --raw` shows it.",
                cause);
    }
}

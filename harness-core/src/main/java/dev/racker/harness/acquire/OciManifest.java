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
 * An OCI or docker manifest, or an index of manifests (image-spec, image-manifest.md and image-index.md).
 *
 * @param config the configuration; null in an index and in docker's schema 1
 * @param layers the layers, lowest first; empty in an index
 * @param manifests one for each platform; empty in a manifest
 */
record OciManifest(Descriptor config, List<Descriptor> layers, List<Descriptor> manifests) {

    /** What a manifest refers to; the platform is null when none is told. */
    record Descriptor(String mediaType, Digest digest, long size, Platform platform) {}

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * Reads a manifest.
     *
     * @throws HarnessException when the bytes are none; the message holds {@code name}
     */
    static OciManifest parse(String name, byte[] json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (!root.isObject()) {
                throw damaged(name, "it is no JSON object", null);
            }
            return new OciManifest(
                    root.get("config") == null ? null : descriptor(name, root.get("config")),
                    descriptors(name, root.get("layers")),
                    descriptors(name, root.get("manifests")));
        } catch (JacksonException e) {
            throw damaged(name, e.getOriginalMessage(), e);
        }
    }

    /** The digests of the uncompressed layers and the platform, out of an image configuration. */
    static Rootfs rootfs(String name, byte[] json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            List<Digest> diffIds = new ArrayList<>();
            for (JsonNode id : root.path("rootfs").path("diff_ids")) {
                diffIds.add(Digest.parse(id.asString()));
            }
            return new Rootfs(diffIds, platform(root), root.path("created").asString(""));
        } catch (JacksonException e) {
            throw damaged(name, e.getOriginalMessage(), e);
        }
    }

    /** What the configuration says about the root file system; the platform may be null, created may be empty. */
    record Rootfs(List<Digest> diffIds, Platform platform, String created) {}

    boolean isIndex() {
        return !manifests.isEmpty();
    }

    long layerBytes() {
        long sum = 0;
        for (Descriptor layer : layers) {
            sum += layer.size();
        }
        return sum;
    }

    private static List<Descriptor> descriptors(String name, JsonNode array) {
        List<Descriptor> all = new ArrayList<>();
        if (array != null) {
            for (JsonNode node : array) {
                all.add(descriptor(name, node));
            }
        }
        return List.copyOf(all);
    }

    private static Descriptor descriptor(String name, JsonNode node) {
        if (!node.path("digest").isString()) {
            throw damaged(name, "an entry has no digest", null);
        }
        return new Descriptor(
                node.path("mediaType").asString(""),
                Digest.parse(node.path("digest").asString()),
                node.path("size").asLong(0),
                platform(node.path("platform")));
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
                "Tell whoever made the image; skopeo inspect --raw shows the manifest.",
                cause);
    }
}

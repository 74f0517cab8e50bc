package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.json.Json;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.store.OciLayout.Config;
import dev.racker.harness.store.OciLayout.Descriptor;
import dev.racker.harness.store.OciLayout.Manifest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON documents of an OCI layout; docker's schema 2 has the same fields under other media types. */
final class OciDocuments {

    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private OciDocuments() {}

    static JsonNode object(byte[] json, String what) {
        try {
            JsonNode root = Json.tree(json);
            if (root.isObject()) {
                return root;
            }
        } catch (MalformedJsonException e) {
            throw damaged(what, e.problem(), e);
        }
        throw damaged(what, "it is no JSON object", null);
    }

    static Manifest manifest(Digest digest, byte[] json) {
        String what = "manifest " + digest;
        JsonNode root = object(json, what);
        if (root.path("manifests").isArray()) {
            throw damaged(what, "it is an index of manifests", null);
        }
        return new Manifest(digest, descriptor(root.path("config"), what), descriptors(root, what, "layers"));
    }

    static List<Descriptor> descriptors(JsonNode root, String what, String property) {
        JsonNode list = root.path(property);
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            throw damaged(what, "'" + property + "' is no array", null);
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonNode entry : list) {
            descriptors.add(descriptor(entry, what));
        }
        return descriptors;
    }

    static Config config(Digest digest, byte[] json) {
        String what = "image configuration " + digest;
        JsonNode root = object(json, what);
        ImageConfig config;
        try {
            config = ImageConfig.fromOci(json);
        } catch (MalformedJsonException e) {
            throw damaged(what, e.problem(), e);
        }
        Platform platform = platform(root);
        List<Digest> diffIds = new ArrayList<>();
        for (JsonNode diffId : root.path("rootfs").path("diff_ids")) {
            diffIds.add(digest(diffId, what, "diff_ids"));
        }
        return new Config(config, platform == null ? Platform.host() : platform, created(root), diffIds);
    }

    static byte[] withEntry(JsonNode index, String refName, Descriptor entry) {
        ArrayNode manifests = Json.mapper().createArrayNode();
        for (JsonNode each : index.path("manifests")) {
            if (!refName.equals(each.path("annotations").path(REF_NAME).asString(null))) {
                manifests.add(each);
            }
        }
        if (entry != null) {
            manifests.add(node(entry));
        }
        return Json.pretty(((ObjectNode) index).set("manifests", manifests));
    }

    static byte[] onlyEntries(JsonNode index, Set<Descriptor> kept) {
        ArrayNode manifests = Json.mapper().createArrayNode();
        for (JsonNode each : index.path("manifests")) {
            if (kept.contains(descriptor(each, "index"))) {
                manifests.add(each);
            }
        }
        return Json.pretty(((ObjectNode) index).set("manifests", manifests));
    }

    /** Adds what a document leads to: nested documents to {@code todo}, other blobs to {@code found}. */
    static void addReferences(OciLayout layout, Digest digest, List<Digest> todo, Set<Digest> found) {
        try {
            JsonNode root = object(layout.document(digest), "manifest " + digest);
            for (Descriptor manifest : descriptors(root, "index " + digest, "manifests")) {
                todo.add(manifest.digest());
            }
            for (Descriptor layer : descriptors(root, "manifest " + digest, "layers")) {
                found.add(layer.digest());
            }
            if (root.has("config")) {
                found.add(descriptor(root.path("config"), "manifest " + digest).digest());
            }
        } catch (DamagedDocumentException | DigestMismatchException e) {
            return; // Nothing can be made of it any more, so nothing has to be kept for it.
        }
    }

    static boolean isDigest(String algorithm, String hex) {
        try {
            return new Digest(algorithm, hex).hex().equals(hex);
        } catch (HarnessException e) {
            return false;
        }
    }

    private static ObjectNode node(Descriptor entry) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("mediaType", entry.mediaType());
        node.put("digest", entry.digest().toString());
        node.put("size", entry.size());
        if (entry.platform() != null) {
            ObjectNode platform = node.putObject("platform");
            platform.put("architecture", entry.platform().architecture());
            platform.put("os", entry.platform().os());
            if (entry.platform().variant() != null) {
                platform.put("variant", entry.platform().variant());
            }
        }
        node.putObject("annotations").put(REF_NAME, entry.refName());
        return node;
    }

    private static Descriptor descriptor(JsonNode node, String what) {
        if (!node.path("size").isIntegralNumber() || node.path("size").asLong() < 0) {
            throw damaged(what, "a descriptor has no size", null);
        }
        return new Descriptor(
                node.path("mediaType").asString(""),
                digest(node.path("digest"), what, "digest"),
                node.path("size").asLong(),
                platform(node.path("platform")),
                node.path("annotations").path(REF_NAME).asString(null));
    }

    private static Digest digest(JsonNode node, String what, String property) {
        if (!node.isString()) {
            throw damaged(what, "'" + property + "' is missing", null);
        }
        try {
            return Digest.parse(node.asString());
        } catch (HarnessException e) {
            throw damaged(what, "'" + property + "' holds '" + node.asString() + "'", e);
        }
    }

    /** A platform in words that nothing here runs on, like buildkit's unknown/unknown, is as good as none. */
    private static Platform platform(JsonNode node) {
        String os = node.path("os").asString("");
        String architecture = node.path("architecture").asString("");
        String variant = node.path("variant").asString("");
        try {
            return os.isEmpty() || architecture.isEmpty()
                    ? null
                    : new Platform(os, architecture, variant.isEmpty() ? null : variant);
        } catch (HarnessException e) {
            return null;
        }
    }

    private static Instant created(JsonNode root) {
        String text = root.path("created").asString("");
        try {
            return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static DamagedDocumentException damaged(String what, String problem, Throwable cause) {
        return new DamagedDocumentException(
                "Tried to read the " + what + ", but " + problem + ".",
                "Pull the image again; tell whoever made it if it happens again.",
                cause);
    }
}

package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.json.Json;
import dev.racker.harness.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image configuration that is written here (image-spec, config.md).
 *
 * @param config the object {@code config} of the document; what is empty is left out
 * @param diffIds the digests of the uncompressed layers, lowest first
 * @param createdBy how the layers came to be, in the image's history
 * @param comment may be null
 */
record ConfigDocument(
        ObjectNode config, Platform platform, Instant created, List<Digest> diffIds, String createdBy, String comment) {

    /** The object {@code config} that stands for a configuration. */
    static ObjectNode tree(ImageConfig config) {
        JsonWriter writer = new JsonWriter();
        config.write(writer, "config");
        return (ObjectNode) Json.tree(writer.toBytes()).get("config");
    }

    byte[] toBytes() {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("created", created.toString());
        document.put("architecture", platform.architecture());
        if (platform.variant() != null) {
            document.put("variant", platform.variant());
        }
        document.put("os", platform.os());
        ObjectNode filled = document.putObject("config");
        config.properties().forEach(property -> {
            if (!isEmpty(property.getValue())) {
                filled.set(property.getKey(), property.getValue());
            }
        });
        ArrayNode digests = document.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ArrayNode history = document.putArray("history");
        for (Digest diffId : diffIds) {
            digests.add(diffId.toString());
            ObjectNode entry = history.addObject();
            entry.put("created", created.toString()).put("created_by", createdBy);
            if (comment != null) {
                entry.put("comment", comment);
            }
        }
        return Json.mapper().writeValueAsBytes(document);
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || value.isContainer() && value.isEmpty()
                || value.isString() && value.stringValue().isEmpty();
    }
}

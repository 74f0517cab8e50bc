package dev.racker.harness.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** An OCI image layout with one image of uncompressed layers, tagged {@code latest}, for umoci to unpack. */
final class OciImageFixture {

    private OciImageFixture() {}

    static void write(Path layout, List<byte[]> layers) throws IOException {
        Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        StringBuilder diffIds = new StringBuilder();
        StringBuilder descriptors = new StringBuilder();
        for (byte[] layer : layers) {
            String comma = diffIds.isEmpty() ? "" : ",";
            String digest = blob(layout, layer);
            diffIds.append(comma).append('"').append(digest).append('"');
            descriptors.append(comma).append(descriptor("layer.v1.tar", digest, layer.length));
        }
        byte[] config =
                bytes("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[" + diffIds + "]}}");
        byte[] manifest =
                bytes("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + descriptor("config.v1+json", blob(layout, config), config.length) + ",\"layers\":["
                        + descriptors + "]}");
        String index = "{\"schemaVersion\":2,\"manifests\":["
                + descriptor("manifest.v1+json", blob(layout, manifest), manifest.length)
                        .replace("}", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"latest\"}}")
                + "]}";
        Files.writeString(layout.resolve("index.json"), index);
    }

    private static String descriptor(String type, String digest, int size) {
        return "{\"mediaType\":\"application/vnd.oci.image." + type + "\",\"digest\":\"" + digest + "\",\"size\":"
                + size + "}";
    }

    private static String blob(Path layout, byte[] content) throws IOException {
        String hex = sha256(content);
        Files.write(layout.resolve("blobs/sha256").resolve(hex), content);
        return "sha256:" + hex;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

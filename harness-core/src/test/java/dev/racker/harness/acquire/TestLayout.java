package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes small images into an OCI layout, to be pushed or read. */
final class TestLayout {

    private static final CommandRunner RUNNER = new CommandRunner();

    private final Path directory;
    private final List<String> index = new ArrayList<>();

    TestLayout(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Files.createDirectories(directory.resolve("blobs/sha256"));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    Path directory() {
        return directory;
    }

    /** A layer: what tar makes of a tree, compressed by a program (empty: not at all). */
    record Layer(Path tree, String... compress) {}

    /** Adds an image and gives the digest of its manifest. */
    Digest image(String tag, String architecture, Layer... layers) throws IOException {
        String manifest = manifest(architecture, layers);
        index.add(manifest.replaceFirst(
                "}$", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + tag + "\"}}"));
        writeIndex();
        return digestIn(manifest);
    }

    /** Adds an index of images for several architectures. */
    Digest multi(String tag, String[] architectures, Layer... layers) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String architecture : architectures) {
            String platform = ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}}";
            entries.add(manifest(architecture, layers).replaceFirst("}$", platform));
        }
        byte[] json = ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                        + String.join(",", entries) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        String descriptor = blob("application/vnd.oci.image.index.v1+json", json);
        index.add(descriptor.replaceFirst(
                "}$", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + tag + "\"}}"));
        writeIndex();
        return digestIn(descriptor);
    }

    private String manifest(String architecture, Layer... layers) throws IOException {
        List<String> descriptors = new ArrayList<>();
        List<String> diffIds = new ArrayList<>();
        for (Layer layer : layers) {
            byte[] tar = RUNNER.run(Command.of(
                            "tar", "-C", layer.tree().toString(), "--sort=name", "--mtime=@0", "-cf", "-", "."))
                    .stdout();
            diffIds.add("\"" + Sha256.of(tar) + "\"");
            String suffix = "";
            byte[] blob = tar;
            if (layer.compress().length > 0) {
                blob = RUNNER.run(Command.of(List.of(layer.compress())).stdin(Command.Input.of(tar)))
                        .stdout();
                suffix = layer.compress()[0].equals("zstd") ? "+zstd" : "+gzip";
            }
            descriptors.add(blob("application/vnd.oci.image.layer.v1.tar" + suffix, blob));
        }
        String config =
                blob("application/vnd.oci.image.config.v1+json", """
                {"created":"2026-01-02T03:04:05Z","architecture":"%s","os":"linux",
                 "config":{"Cmd":["bash"],"Env":["A=b"]},"rootfs":{"type":"layers","diff_ids":[%s]}}
                """.formatted(architecture, String.join(",", diffIds))
                        .getBytes(StandardCharsets.UTF_8));
        String manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}
                """.formatted(config, String.join(",", descriptors));
        return blob(
                "application/vnd.oci.image.manifest.v1+json", manifest.strip().getBytes(StandardCharsets.UTF_8));
    }

    private String blob(String mediaType, byte[] content) throws IOException {
        Digest digest = Sha256.of(content);
        Files.write(directory.resolve("blobs/sha256").resolve(digest.hex()), content);
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(mediaType, digest, content.length);
    }

    private void writeIndex() throws IOException {
        Files.writeString(
                directory.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", index) + "]}");
    }

    private static Digest digestIn(String descriptor) {
        int start = descriptor.indexOf("sha256:");
        return Digest.parse(descriptor.substring(start, start + 71));
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.acquire.LoopbackRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images in a real registry, which each class has for itself, and a store for each test. */
@ExtendWith(TestRacker.Own.class)
abstract class RegistryCase {

    static LoopbackRegistry registry;

    private static Path shared;

    TestRacker racker;

    @BeforeAll
    static void serve(TestRacker owner) throws IOException {
        shared = owner.files();
        registry = LoopbackRegistry.plain(Files.createDirectory(shared.resolve("registry")));
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @BeforeEach
    void open(TestRacker own) {
        racker = own;
    }

    final Result pull(String name) throws Exception {
        return racker.run("pull", "--tls-verify=false", name);
    }

    /** What the image's own file says, read in a container of it. */
    final String marker(String name) throws Exception {
        return racker.run("run", "--rm", "--pull=never", "--network=none", name, "cat", "/etc/marker")
                .ok();
    }

    final List<String> layers() throws IOException {
        return children("layers").stream()
                .filter(layer -> !layer.startsWith("."))
                .toList();
    }

    final List<String> temporary() throws IOException {
        List<String> found = new ArrayList<>();
        for (String directory : List.of("layers", "oci", "images")) {
            children(directory).stream()
                    .filter(child -> child.startsWith(".tmp-") || child.startsWith("oci-put-blob"))
                    .forEach(found::add);
        }
        return found;
    }

    final void assertStoreIsEmpty() throws IOException {
        for (String directory : List.of("layers", "images", "oci/blobs/sha256", "ephemeral", "containers", "names")) {
            assertEquals(List.of(), children(directory), directory);
        }
        racker.assertNothingLeft();
    }

    final List<String> children(String directory) throws IOException {
        return list(racker.state().resolve(directory));
    }

    private static List<String> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of(); // never made
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    final Path layout(String marker) throws IOException {
        return layout(marker, TestArchives.busybox(shared.resolve(marker)));
    }

    final Path layout(String name, Path tree) {
        Path layout = shared.resolve(name + "-oci");
        String image = layout + ":latest";
        racker.tool("umoci", "init", "--layout", layout.toString());
        racker.tool("umoci", "new", "--image", image);
        racker.tool(
                "umoci",
                "raw",
                "add-layer",
                "--image",
                image,
                TestArchives.tar(tree).toString());
        return layout;
    }

    /** Gives the name to pull it by. */
    final String push(String name, Path layout) {
        registry.push(layout, "latest", name);
        return registry.host() + "/" + name;
    }

    /** A tree with a file that no program makes smaller. */
    final Path incompressible(String name) throws IOException {
        Path tree = shared.resolve(name);
        byte[] bytes = new byte[8 << 20];
        new Random(name.hashCode()).nextBytes(bytes);
        Files.write(Files.createDirectories(tree.resolve("usr")).resolve(name), bytes);
        return tree;
    }

    final String digest(String name) {
        return racker.tool("skopeo", "inspect", "--tls-verify=false", "--format={{.Digest}}", "docker://" + name)
                .text()
                .strip();
    }
}

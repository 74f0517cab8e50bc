package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from a registry on the loopback interface into a store, of which nothing unfinished is left. */
abstract class RegistryPullCase {

    static final RegistryOptions ANY_TLS = new RegistryOptions(false, null, null, null);

    @TempDir
    Path temporary;

    LoopbackRegistry registry;
    TestLayout layout;
    PullFixture fixture;
    Path low;
    Path high;

    @BeforeEach
    void start() throws IOException {
        registry = LoopbackRegistry.plain(Files.createDirectory(temporary.resolve("registry")));
        layout = new TestLayout(temporary.resolve("layout"));
        fixture = new PullFixture(temporary.resolve("store"));
        low = PullFixture.tree(
                temporary.resolve("low"), "usr/lib/os-release", "ID=debian\n", "usr/bin/apt-get", "#!", "etc/gone", "");
        assertTrue(low.resolve("usr/bin/apt-get").toFile().setExecutable(true));
        high = PullFixture.tree(temporary.resolve("high"), "etc/new", "new", "etc/.wh.gone", "");
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
        assertEquals(List.of(), fixture.leftovers());
    }

    RegistryException failure(String name, RegistryOptions options) {
        return assertThrows(RegistryException.class, () -> fixture.pull(name, options));
    }

    Digest push(String name, TestLayout.Layer... layers) throws IOException {
        Digest digest = layout.image("t" + System.nanoTime(), "amd64", layers);
        String index = Files.readString(layout.directory().resolve("index.json"));
        int start = index.lastIndexOf("ref.name\":\"") + 11;
        registry.push(layout.directory(), index.substring(start, index.indexOf('"', start)), name);
        return digest;
    }

    String layerDigest() throws IOException {
        String index = Files.readString(layout.directory().resolve("index.json"));
        String manifestHex = index.substring(index.lastIndexOf("sha256:") + 7, index.lastIndexOf("sha256:") + 71);
        String manifest = Files.readString(layout.directory().resolve("blobs/sha256/" + manifestHex));
        return manifest.substring(manifest.lastIndexOf("sha256:") + 7, manifest.lastIndexOf("sha256:") + 71);
    }
}

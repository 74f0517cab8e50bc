package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Platform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferedManifestTest {

    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);
    private static final String C = "sha256:" + "c".repeat(64);

    private static final String INDEX = """
            {"schemaVersion":2,"manifests":[
              {"digest":"%s","size":1,"platform":{"os":"unknown","architecture":"unknown"}},
              {"digest":"%s","size":1,"platform":{"os":"linux","architecture":"amd64"}},
              {"digest":"%s","size":1,"platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}
            """.formatted(A, B, C);

    @Test
    void a_manifest_tells_how_much_there_is_to_download() {
        OfferedManifest manifest = offered("""
                {"schemaVersion":2,
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":3},
                           {"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":4}]}
                """.formatted(A, B, C));

        assertEquals(List.of(), manifest.manifests());
        assertEquals(7, manifest.layerBytes());
    }

    @Test
    void an_old_manifest_without_sizes_is_no_failure() {
        assertEquals(0, offered("{\"schemaVersion\":1,\"fsLayers\":[]}").layerBytes());
    }

    @Test
    void an_index_gives_the_manifest_of_a_platform() {
        assertEquals(B, choose("linux/amd64"));
        assertEquals(C, choose("linux/arm64"));
        assertEquals(C, choose("linux/arm64/v8"));
    }

    @Test
    void a_missing_platform_is_told_with_those_on_offer() {
        RegistryException e = assertThrows(RegistryException.class, () -> choose("linux/s390x"));

        assertEquals(RegistryException.Kind.PLATFORM_MISSING, e.kind());
        assertTrue(e.getMessage().contains("debian:x for linux/s390x"), e.getMessage());
        assertTrue(e.getMessage().contains("only for linux/amd64, linux/arm64/v8."), e.getMessage());
    }

    private OfferedManifest offered(String json) {
        return new OfferedManifest(json.getBytes(StandardCharsets.UTF_8));
    }

    private String choose(String platform) {
        return OfferedManifest.choose("debian:x", offered(INDEX).manifests(), Platform.parse(platform))
                .digest()
                .toString();
    }
}

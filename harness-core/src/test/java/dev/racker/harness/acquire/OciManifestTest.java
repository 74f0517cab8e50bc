package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Platform;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciManifestTest {

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
        OciManifest manifest = parse("{\"config\":{\"digest\":\"" + A + "\"},\"layers\":[{\"size\":3},{\"size\":4}]}");

        assertFalse(manifest.isIndex());
        assertEquals(7, manifest.layers());
    }

    @Test
    void an_index_gives_the_manifest_of_a_platform() {
        OciManifest index = parse(INDEX);

        assertTrue(index.isIndex());
        assertEquals(B, choose(index, "linux/amd64"));
        assertEquals(C, choose(index, "linux/arm64"));
        assertEquals(C, choose(index, "linux/arm64/v8"));
    }

    @Test
    void a_missing_platform_is_told_with_those_on_offer() {
        RegistryException e = assertThrows(RegistryException.class, () -> choose(parse(INDEX), "linux/s390x"));

        assertEquals(RegistryException.Kind.PLATFORM_MISSING, e.kind());
        assertTrue(e.getMessage().contains("linux/s390x"), e.getMessage());
        assertTrue(e.getMessage().contains("only for linux/amd64, linux/arm64/v8"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"manifests\":[{}]}", "{\"manifests\":[{\"digest\":\"x\"}]}"})
    void what_is_no_manifest_is_told_with_the_name_of_the_image(String json) {
        HarnessException e = assertThrows(HarnessException.class, () -> parse(json));

        assertTrue(e.getMessage().contains("debian:x") || e.getMessage().contains("'x'"), e.getMessage());
    }

    private static OciManifest parse(String json) {
        return OciManifest.parse("debian:x", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String choose(OciManifest index, String platform) {
        return PlatformChoice.choose("debian:x", index, Platform.parse(platform))
                .digest()
                .toString();
    }
}

package dev.racker.harness.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageValuesTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void a_digest_is_read_back_from_its_text() {
        Digest digest = Digest.parse("sha256:" + HEX);

        assertEquals("sha256:" + HEX, digest.toString());
        assertEquals("0123456789ab", digest.shortHex());
        assertEquals(128, Digest.parse("sha512:" + HEX + HEX).hex().length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256", "sha256:", "sha256:abc", "SHA256:x", "md5:abc", "sha256:../../etc/passwd"})
    void a_wrong_digest_is_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> Digest.parse(text));

        assertTrue(failure.getMessage().contains("'" + text + "'"), failure.getMessage());
        assertTrue(failure.hint().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "linux/arm64/v8, linux/arm64/v8",
        "amd64, linux/amd64",
        "x86_64, linux/amd64",
        "linux/aarch64, linux/arm64",
        "armhf, linux/arm/v7",
        "linux/arm/v6, linux/arm/v6",
        "i686, linux/386",
        "riscv64, linux/riscv64",
    })
    void a_platform_is_told_in_the_words_of_oci(String text, String canonical) {
        assertEquals(canonical, Platform.parse(text).toString());
        assertEquals(Platform.parse(text), Platform.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "linux", "linux/", "/amd64", "linux/amd64/", "linux//v8", "Linux/amd64", "a/b/c/d", "a b"})
    void a_wrong_platform_is_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> Platform.parse(text));

        assertTrue(failure.getMessage().contains("'" + text + "'"), failure.getMessage());
        assertTrue(failure.hint().isPresent());
    }

    @Test
    void a_platform_accepts_its_own_and_any_variant_only_when_none_is_named() {
        assertTrue(Platform.parse("linux/arm64").accepts(Platform.parse("linux/arm64/v8")));
        assertTrue(Platform.parse("linux/arm64/v8").accepts(Platform.parse("linux/arm64")));
        assertFalse(Platform.parse("linux/arm/v6").accepts(Platform.parse("linux/arm/v7")));
        assertFalse(Platform.parse("linux/arm64").accepts(Platform.parse("linux/amd64")));
        assertEquals("linux", Platform.host().os());
    }

    @Test
    void a_configuration_is_read_as_docker_and_skopeo_write_it() {
        ImageConfig config = ImageConfig.fromOci(bytes("""
                {"created":"2024-01-01T00:00:00Z","architecture":"amd64","os":"linux",
                 "config":{"Hostname":"","User":"www-data:33","ExposedPorts":{"80/tcp":{},"443/tcp":{}},
                   "Env":["PATH=/usr/bin:/bin","A=b=c"],"Entrypoint":["/entry","x"],"Cmd":null,"OnBuild":[{"a":[1]}],
                   "Volumes":{"/var/lib/data":{}},"WorkingDir":"/srv","Labels":{"b":"1","a":null},
                   "StopSignal":"SIGQUIT","Shell":["/bin/bash","-c"],
                   "Healthcheck":{"Test":["CMD","true"],"Interval":30000000000,"Retries":5,"Other":{}}},
                 "rootfs":{"type":"layers","diff_ids":["sha256:0"]},"history":[{"empty_layer":true}]}
                """));

        assertEquals(List.of("/entry", "x"), config.entrypoint());
        assertEquals(List.of(), config.cmd());
        assertEquals(List.of("PATH=/usr/bin:/bin", "A=b=c"), config.env());
        assertEquals("www-data:33", config.user());
        assertEquals("/srv", config.workingDir());
        assertEquals("SIGQUIT", config.stopSignal());
        assertEquals(Map.of("b", "1", "a", ""), config.labels());
        assertEquals(List.of("b", "a"), List.copyOf(config.labels().keySet()));
        assertEquals(List.of("80/tcp", "443/tcp"), config.exposedPorts());
        assertEquals(List.of("/var/lib/data"), config.volumes());
        assertEquals(List.of("/bin/bash", "-c"), config.shell());
        assertEquals(
                new ImageHealth(
                        List.of("CMD", "true"), Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO, Duration.ZERO, 5),
                config.healthCheck());
        assertEquals(config, writtenAndRead(config));
    }

    @ParameterizedTest
    @CsvSource({
        "CMD true x, '', true x",
        "CMD-SHELL check, '', /bin/sh -c check",
        "CMD-SHELL check, bash -ec, bash -ec check",
        "NONE, '', ''",
        "'', '', ''"
    })
    void the_health_of_an_image_is_checked_by_a_command_line(String test, String shell, String expected) {
        ImageHealth health =
                new ImageHealth(words(test), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

        assertEquals(expected, String.join(" ", health.command(words(shell))));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    @Test
    void an_image_need_not_say_how_it_is() {
        assertNull(ImageConfig.fromOci(bytes("{\"config\":{\"Healthcheck\":null}}"))
                .healthCheck());
        assertNull(writtenAndRead(ImageConfig.empty()).healthCheck());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"config\":null}", "{\"config\":{}}", "{\"config\":{\"Labels\":null,\"User\":null}}"})
    void an_image_without_configuration_has_the_empty_one(String json) {
        assertEquals(ImageConfig.empty(), ImageConfig.fromOci(bytes(json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"config\":[]}",
                "{\"config\":{\"Cmd\":\"sh\"}}",
                "{\"config\":{\"Cmd\":[1]}}",
                "{\"config\":{\"User\":5}}",
                "{\"config\":{}} {}",
                "\u0000\u0001",
            })
    void a_damaged_configuration_is_told(String json) {
        assertThrows(MalformedJsonException.class, () -> ImageConfig.fromOci(bytes(json)));
    }

    private static ImageConfig writtenAndRead(ImageConfig config) {
        JsonWriter out = new JsonWriter();
        config.write(out, "config");
        try (JsonReader in = JsonReader.of(out.toBytes())) {
            in.object();
            in.property();
            return ImageConfig.read(in);
        }
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}

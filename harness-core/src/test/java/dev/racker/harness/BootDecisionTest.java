package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootDecisionTest {

    @ParameterizedTest
    @CsvSource({
        "NATIVE, '', true, the image holds systemd and D-Bus",
        "NATIVE, /entry, true, the image holds systemd and D-Bus",
        "LAYER, /entry, true, a layer with systemd has been made for the image",
        "PENDING, '', true, the image is an operating system that systemd can be installed in",
        "PENDING, /entry, false, 'the image has no init, and is made to run its entry point \"/entry\"'",
        "NONE, '', false, 'the image has no init, and no package manager that could install systemd'"
    })
    void what_an_image_is_decides(Boot boot, String entrypoint, boolean boots, String reason) {
        assertEquals(new BootDecision(boots, reason), BootDecision.of(image(boot, entrypoint)));
    }

    @Test
    void a_decision_can_be_written_down() {
        JsonWriter out = new JsonWriter();
        BootDecision.never().write(out, "Systemd");
        try (JsonReader in = JsonReader.of(out.toBytes())) {
            assertTrue(in.object());
            assertEquals("Systemd", in.property());
            assertEquals(BootDecision.never(), BootDecision.read(in));
        }
        assertEquals(new BootDecision(true, "--systemd=always asks for it"), BootDecision.always());
    }

    private static StoredImage image(Boot boot, String entrypoint) {
        List<String> words = entrypoint.isEmpty() ? List.of() : List.of(entrypoint, "-x");
        return new StoredImage(
                "a",
                "a",
                Digest.parse("sha256:" + "0".repeat(64)),
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                List.of(LayerId.ofRecipe("a")),
                new ImageConfig(words, List.of("b"), List.of(), "", "", "", Map.of(), List.of(), List.of()),
                "archive",
                Platform.host(),
                "",
                boot,
                boot == Boot.LAYER ? LayerId.ofRecipe("b") : null);
    }
}

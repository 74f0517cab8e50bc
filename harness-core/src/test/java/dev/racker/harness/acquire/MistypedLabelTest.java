package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistypedLabelTest {

    private static final String HINT = "Check the name and the tag.";

    @ParameterizedTest
    @CsvSource({
        "debian-bokworm, Did you mean debian-bookworm?",
        "docker.io/library/debian-bokworm, Did you mean debian-bookworm?",
        "many-labels, ''",
        "debian, ''",
        "debian-bokworm:12, ''",
        "somebody/debian-bokworm, ''",
        "quay.io/debian-bokworm, ''",
    })
    void what_is_nearly_a_label_is_told_when_no_registry_has_it(String typed, String suggestion) {
        RegistryException failure = RegistryFailures.of("docker://docker.io/library/x:latest", "manifest unknown");

        RegistryException told =
                RegistryFailures.perhapsLabel(failure, (RegistryReference) ImageReference.parse(typed), new Labels());

        assertEquals((suggestion + " " + HINT).strip(), told.hint().orElseThrow());
        assertEquals(failure.getMessage(), told.getMessage());
        assertEquals(failure.kind(), told.kind());
    }

    /** Knows one label, and many that are near another name. */
    private static final class Labels implements CuratedReleases {

        @Override
        public Optional<CuratedRelease> byLabel(String label) {
            return Optional.empty();
        }

        @Override
        public Optional<CuratedRelease> byReference(RegistryReference reference) {
            return Optional.empty();
        }

        @Override
        public List<String> similar(String name) {
            return name.equals("many-labels")
                    ? List.of("many-label-a", "many-label-b", "many-label-c", "many-label-d")
                    : List.of("debian-bookworm");
        }
    }
}

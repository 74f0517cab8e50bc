package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.Volume;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What needs no root; the commands themselves are in {@link VolumesIT}. */
class VolumeCommandTest {

    private static final Set<String> ALL = Set.of("dangling", "driver", "label", "label!", "name");

    private static final Volume USED = new Volume(
            "used-data", Map.of(), Map.of("role", "db", "keep", ""), Instant.parse("2024-05-06T07:08:09.5Z"));

    private static boolean fits(String... filters) {
        return new VolumeFilter(List.of(filters), ALL, volume -> true).fits(USED);
    }

    @ParameterizedTest
    @CsvSource({
        "name=data, true",
        "name=nothing, false",
        "driver=local, true",
        "driver=nfs, false",
        "label=role, true",
        "label=role=db, true",
        "label=role=web, false",
        "label=keep=, true",
        "label!=role, false",
        "label!=other, true",
        "dangling=true, false",
        "dangling=0, true"
    })
    void a_filter_lets_volumes_pass(String filter, boolean fits) {
        assertEquals(fits, fits(filter));
    }

    @Test
    void all_labels_and_one_of_the_names_have_to_fit() {
        assertEquals(true, fits("label=role", "label=keep", "name=other", "name=used"));
        assertEquals(false, fits("label=role", "label=other"));
    }

    @ParameterizedTest
    @CsvSource({
        "name, bad format of filter (expected name=value)",
        "colour=red, invalid filter 'colour'",
        "dangling=perhaps, invalid filter 'dangling=[perhaps]'"
    })
    void a_wrong_filter_is_told_in_dockers_words(String filter, String problem) {
        HarnessException failure = assertThrows(HarnessException.class, () -> fits(filter));

        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
    }

    @Test
    void documents_are_indented_as_docker_does() {
        assertEquals("[]\n", IndentedJson.text(List.of()));
        assertEquals(
                "[\n    {\n        \"a\": \"x\\\"\",\n        \"b\": {},\n        \"c\": [\n            1,\n            null\n"
                        + "        ]\n    }\n]\n",
                IndentedJson.text(List.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("a", "x\"")
                        .<tools.jackson.databind.node.ObjectNode>set("b", JsonNodeFactory.instance.objectNode())
                        .set("c", JsonNodeFactory.instance.arrayNode().add(1).addNull()))));
    }
}

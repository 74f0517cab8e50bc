package dev.racker.postroj.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepTest {

    @Test
    void a_lifecycle_is_words_separated_by_commas() {
        assertEquals(
                List.of(Step.INSTALL, Step.UPGRADE, Step.REINSTALL, Step.REMOVE, Step.PURGE),
                Step.parse("install, upgrade,reinstall,remove,purge"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "instal                  | \"instal\" is no step",
                "install,,purge          | \"\" is no step",
                "remove                  | does not begin with install",
                "install,install         | \"install\" comes twice",
                "install,remove,upgrade  | \"upgrade\" comes after the package was removed",
                "install,purge,remove    | \"remove\" comes after the package was removed",
                "install,reinstall,upgrade | \"upgrade\" comes after \"reinstall\"",
            })
    void an_order_that_makes_no_sense_is_refused(String text, String problem) {
        UsageException failure = assertThrows(UsageException.class, () -> Step.parse(text));

        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
    }
}

package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.CopyTarget.Destination;
import dev.racker.harness.CopyTarget.Source;
import dev.racker.harness.error.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of docker's reference for {@code cp}. */
class CopyTargetTest {

    private static final Source FILE = new Source("f", false, false);
    private static final Source DIRECTORY = new Source("d", true, false);
    private static final Source CONTENT = new Source("d", true, true);

    private static Destination missing(String text) {
        return new Destination(text, "x", false, false, true);
    }

    private static Destination directory(String text) {
        return new Destination(text, "x", true, true, true);
    }

    private static Destination file(String text) {
        return new Destination(text, "x", true, false, true);
    }

    @Test
    void a_directory_takes_what_is_copied_in() {
        assertEquals(new CopyTarget(true, "f"), CopyTarget.of(FILE, directory("/x")));
        assertEquals(new CopyTarget(true, "d"), CopyTarget.of(DIRECTORY, directory("/x/")));
        assertEquals(new CopyTarget(true, ""), CopyTarget.of(CONTENT, directory("/x")));
    }

    @Test
    void what_is_not_there_becomes_the_copy() {
        assertEquals(new CopyTarget(false, "x"), CopyTarget.of(FILE, missing("/x")));
        assertEquals(new CopyTarget(false, "x"), CopyTarget.of(DIRECTORY, missing("/x/")));
        assertEquals(new CopyTarget(false, "x"), CopyTarget.of(CONTENT, missing("/x")));
    }

    @Test
    void a_file_takes_the_place_of_a_file() {
        assertEquals(new CopyTarget(false, "x"), CopyTarget.of(FILE, file("/x")));
    }

    @ParameterizedTest
    @CsvSource({
        "f, /x/, missing, no such directory",
        "f, /x/, file, not a directory",
        "d, /x, file, cannot copy a directory",
        "f, /n/x, orphan, no such directory",
        "d, /n/x, orphan, no such directory"
    })
    void what_docker_refuses_is_refused(String source, String text, String kind, String problem) {
        Destination destination = switch (kind) {
            case "missing" -> missing(text);
            case "file" -> file(text);
            default -> new Destination(text, "x", false, false, false);
        };

        HarnessException failure = assertThrows(
                HarnessException.class, () -> CopyTarget.of(source.equals("f") ? FILE : DIRECTORY, destination));

        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
        assertTrue(failure.getMessage().contains('"' + text + '"'), failure.getMessage());
    }
}

package dev.racker.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in {@code doc/library.rst} are programs. */
class LibraryPageTest {

    private static final int MOST_STATEMENTS = 10;

    static List<JavaExample> examples() {
        return JavaExample.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_program_compiles_without_a_warning(JavaExample example, @TempDir Path directory) throws IOException {
        assertEquals("", example.compile(directory));
    }

    @Test
    void the_first_program_does_it_in_ten_lines() {
        List<String> main = examples()
                .get(0)
                .source()
                .lines()
                .dropWhile(line -> !line.contains("void main"))
                .skip(1)
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("}") && !line.startsWith("//"))
                .toList();

        assertTrue(main.size() <= MOST_STATEMENTS, () -> String.join("\n", main));
    }
}

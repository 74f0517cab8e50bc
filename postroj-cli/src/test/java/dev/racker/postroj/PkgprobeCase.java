package dev.racker.postroj;

import static dev.racker.postroj.TestPostroj.OFFLINE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.postroj.TestPostroj.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code postroj pkgprobe} with packages of our own on a real Debian that asks no network. */
@ExtendWith(TestPostroj.Shared.class)
abstract class PkgprobeCase {

    static final String ADDRESS = "--check-network=http://localhost:8080";

    @TempDir
    Path directory;

    TestPostroj postroj;

    @BeforeEach
    void open(TestPostroj shared) {
        postroj = shared;
    }

    @AfterEach
    void nothing_is_left() {
        postroj.assertNothingLeft();
    }

    Result probe(Path deb, String... arguments) throws Exception {
        String[] words = new String[arguments.length + 2];
        words[0] = "--image=" + OFFLINE;
        words[1] = "--package=" + deb;
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        return postroj.probe(words);
    }

    static void assertStatus(int status, Result result) {
        assertEquals(status, result.status(), result::toString);
    }

    static String evidence(JsonNode cell) {
        StringBuilder text = new StringBuilder();
        cell.get("evidence")
                .forEach(evidence -> text.append(evidence.get("text").asString()));
        return text.toString();
    }
}

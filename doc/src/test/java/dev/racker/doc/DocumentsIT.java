package dev.racker.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docutils understands each document without a warning. */
class DocumentsIT {

    static List<Document> documents() {
        return Document.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void docutils_has_nothing_to_say(Document document) {
        CommandResult result = new CommandRunner()
                .run(Command.of(
                                "rst2html",
                                "--strict",
                                "--no-datestamp",
                                "--syntax-highlight=none", // needs a package that docutils comes without
                                document.file().toString())
                        .in(Document.PROJECT)
                        .stdout(Command.Output.discard())
                        .expectAny());

        assertEquals("", result.errorText());
        assertEquals(0, result.status());
    }
}

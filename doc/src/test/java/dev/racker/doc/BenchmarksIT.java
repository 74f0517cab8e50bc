package dev.racker.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The benchmarks measure, compare and draw; what comes out is up to the machine. */
class BenchmarksIT {

    private static final CommandRunner RUNNER = new CommandRunner();

    @TempDir
    Path output;

    @Test
    void a_run_tells_its_results_as_json_tables_and_a_plot() throws Exception {
        CommandResult result =
                run("--runs", "1", "--output", output.toString(), "--contender", "other=/bin/true", "hello");

        assertEquals(0, result.status(), result::errorText);
        JsonNode hello = new ObjectMapper()
                .readTree(Files.readString(output.resolve("results.json")))
                .get("cases")
                .get(0);
        List<String> names = hello.get("contenders")
                .valueStream()
                .map(contender -> contender.get("name").asString())
                .toList();
        assertTrue(names.containsAll(List.of("one-line class", "other")), names::toString);
        for (JsonNode contender : hello.get("contenders")) {
            assertEquals(2, contender.get("runs").size(), contender::toString);
            assertTrue(contender.get("median").asDouble() > 0, contender::toString);
            assertTrue(contender.get("memory").asLong() > 100_000, contender::toString);
        }
        assertEquals("svg", root(output.resolve("plot.svg")));
        assertTrue(Files.readString(output.resolve("table.rst")).contains("one-line class"));
        assertTrue(Files.readString(output.resolve("results.csv")).startsWith("\"group\",\"case\",\"contender\""));
    }

    @Test
    void what_is_not_understood_is_told() throws IOException {
        CommandResult result = run("--output", output.toString(), "no-such-group");

        assertEquals(2, result.status());
        assertTrue(result.errorText().contains("no such option and no such group"), result::errorText);
        try (var files = Files.list(output)) {
            assertEquals(0, files.count());
        }
    }

    private static String root(Path xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder()
                .parse(xml.toFile())
                .getDocumentElement()
                .getNodeName();
    }

    private static CommandResult run(String... arguments) {
        return RUNNER.run(Command.of(Document.PROJECT.resolve("benchmarks/run").toString())
                .with(arguments)
                .timeout(Duration.ofMinutes(2))
                .expectAny());
    }
}

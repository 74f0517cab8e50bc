package dev.racker.cli;

import dev.racker.cli.format.Formatted;
import dev.racker.harness.Session;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows how an image came to be. */
@Command(name = "history", mixinStandardHelpOptions = true, description = "Show how an image came to be, newest first.")
final class HistoryCommand implements Callable<Integer> {

    private static final int SHOWN = 45;
    private static final String HUMAN = "{{.ID}}\t{{.CreatedSince}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}";
    private static final String EXACT = "{{.ID}}\t{{.CreatedAt}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}";
    private static final Map<String, String> HEADINGS = Map.of(
            "ID", "IMAGE",
            "CreatedSince", "CREATED",
            "CreatedAt", "CREATED AT",
            "CreatedBy", "CREATED BY",
            "Size", "SIZE",
            "Comment", "COMMENT");

    private final Session session;

    @Option(
            names = {"-H", "--human"},
            paramLabel = "true|false",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Print ages, and sizes in their unit (default: true), or else times and bytes.")
    private boolean human;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the ids.")
    private boolean quiet;

    @Option(names = "--no-trunc", description = "Do not shorten ids and commands.")
    private boolean whole;

    @Option(names = "--format", paramLabel = "table|json|TEMPLATE", description = "How to print, as for racker images.")
    private String format;

    @Parameters(paramLabel = "IMAGE", description = "The image, by name or id.")
    private String image;

    HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Formatted formatted = Formatted.parse(format, human ? HUMAN : EXACT, HEADINGS);
        Store store = session.harness().store();
        StoredImage stored = session.harness().images().stored(image);
        List<ObjectNode> rows = rows(stored, entries(store, stored), sizes(store, stored));
        if (quiet) {
            rows.forEach(row -> session.out().println(row.get("ID").asString()));
        } else {
            formatted.print(new PrintWriter(session.out()), rows);
        }
        return ExitStatus.OK;
    }

    /** A step in the making of an image; only some of them made a layer. */
    private record Entry(Instant created, String by, String comment, boolean layer) {}

    private static List<Entry> entries(Store store, StoredImage image) {
        List<Entry> entries = new ArrayList<>();
        JsonNode original = new ImageDocuments(store).original(image).orElse(null);
        if (original != null) {
            for (JsonNode entry : original.path("history")) {
                entries.add(new Entry(
                        time(entry.path("created").asString("")),
                        entry.path("created_by").asString(""),
                        entry.path("comment").asString(""),
                        !entry.path("empty_layer").asBoolean(false)));
            }
        }
        long layers = entries.stream().filter(Entry::layer).count();
        String origin = original == null ? "racker pull " + image.reference() : "";
        for (long i = layers; i < image.layers().size(); i++) { // nobody has written down how it was made
            entries.add(0, new Entry(image.created(), origin, "", true));
        }
        return entries;
    }

    private static Instant time(String text) {
        try {
            return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Newest first. */
    private static List<Long> sizes(Store store, StoredImage image) {
        List<Long> sizes = new ArrayList<>();
        image.layers().forEach(layer -> sizes.add(store.layers().size(layer)));
        Collections.reverse(sizes);
        return sizes;
    }

    private List<ObjectNode> rows(StoredImage stored, List<Entry> entries, List<Long> sizes) {
        List<ObjectNode> rows = new ArrayList<>();
        int layer = 0;
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            long size = entry.layer() && layer < sizes.size() ? sizes.get(layer++) : 0;
            String id = whole ? stored.digest().toString() : stored.digest().shortHex();
            rows.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("ID", rows.isEmpty() ? id : "<missing>")
                    .put("CreatedSince", Ages.since(entry.created()))
                    .put("CreatedAt", entry.created().toString())
                    .put("CreatedBy", shown(entry.by()))
                    .put("Size", human ? ByteSize.text(size) : String.valueOf(size))
                    .put("Comment", entry.comment()));
        }
        return rows;
    }

    private String shown(String command) {
        String line = command.replace('\t', ' ');
        return whole || line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "\u2026";
    }
}

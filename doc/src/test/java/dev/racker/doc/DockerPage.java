package dev.racker.doc;

import dev.racker.cli.Racker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docker has and how racker's compares, out of {@code docker.json}, and the tables that are made of it. */
final class DockerPage {

    /** One command, or one option with all its names. */
    record Entry(List<String> names, String likeness, String why) {

        boolean isSupported() {
            return !likeness.equals("unsupported");
        }

        @Override
        public String toString() {
            return String.join(", ", names);
        }
    }

    private final JsonNode root;

    private DockerPage(JsonNode root) {
        this.root = root;
    }

    static DockerPage read() {
        try (InputStream file = Racker.class.getResourceAsStream("docker.json")) {
            return new DockerPage(JsonMapper.shared().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commands, {@code network create} for one of a group. */
    List<Entry> commands() {
        return entries("commands");
    }

    /** The options of {@code docker run}. */
    List<Entry> options() {
        return entries("run");
    }

    /** The options of {@code racker run} that docker does not have. */
    List<Entry> own() {
        return entries("own");
    }

    private List<Entry> entries(String section) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : root.get(section)) {
            List<String> names = new ArrayList<>();
            entry.get("names").forEach(name -> names.add(name.stringValue()));
            entries.add(new Entry(
                    List.copyOf(names),
                    entry.path("is").asString(""),
                    entry.path("why").asString("")));
        }
        return entries;
    }

    /** The page with its tables made anew; what stands between the tables is kept. */
    List<String> renewed(List<String> page) {
        List<String> lines = new ArrayList<>();
        boolean inTable = false;
        for (String line : page) {
            if (line.equals(".. end of the table")) {
                inTable = false;
                lines.add("");
            }
            if (!inTable) {
                lines.add(line);
            }
            if (line.startsWith(".. table of ")) {
                inTable = true;
                lines.add("");
                lines.addAll(table(line.substring(".. table of ".length())));
            }
        }
        return lines;
    }

    private List<String> table(String name) {
        return switch (name) {
            case "commands" -> table("Command", commands(), "docker ");
            case "options" -> table("Option", options(), "");
            case "own options" -> table("Option", own());
            default -> throw new AssertionError("there is no table \"" + name + "\"");
        };
    }

    private static List<String> table(String first, List<Entry> entries, String prefix) {
        List<String> lines = head("28 14 58", first, "In racker", "Why");
        for (Entry entry : entries) {
            lines.add("   * - " + code(entry, prefix));
            lines.add("     - " + (entry.isSupported() ? entry.likeness() : "not supported"));
            lines.add(entry.why().isEmpty() ? "     -" : "     - " + entry.why());
        }
        return lines;
    }

    private static List<String> table(String first, List<Entry> entries) {
        List<String> lines = head("28 72", first, "What it does");
        for (Entry entry : entries) {
            lines.add("   * - " + code(entry, ""));
            lines.add("     - " + entry.why());
        }
        return lines;
    }

    private static List<String> head(String widths, String... titles) {
        List<String> lines = new ArrayList<>(
                List.of(".. list-table::", "   :header-rows: 1", "   :widths: " + widths, "", "   * - " + titles[0]));
        for (int i = 1; i < titles.length; i++) {
            lines.add("     - " + titles[i]);
        }
        return lines;
    }

    private static String code(Entry entry, String prefix) {
        List<String> names = new ArrayList<>();
        entry.names().forEach(name -> names.add("``" + prefix + name + "``"));
        return String.join(", ", names);
    }
}

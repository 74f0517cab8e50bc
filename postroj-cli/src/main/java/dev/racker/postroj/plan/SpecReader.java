package dev.racker.postroj.plan;

import dev.racker.harness.distribution.PackageRequest;
import dev.racker.harness.evidence.PathGlob;
import dev.racker.harness.probe.FileProbe;
import dev.racker.harness.probe.JournalProbe;
import dev.racker.harness.probe.PackageProbe;
import dev.racker.harness.probe.UnitProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a specification: a YAML file whose keys are the long options of {@code postroj pkgprobe}. */
public final class SpecReader {

    private static final Set<String> TREATMENT = Set.of(
            "with",
            "upgrade-from",
            "lifecycle",
            "setup",
            "run",
            "allow-leftover",
            "check-unit",
            "check-network",
            "check-file",
            "check-command",
            "check-journal",
            "check-package",
            "check-failed-units");
    private static final Set<String> RUN = Set.of(
            "image",
            "package",
            "jobs",
            "retries",
            "fail-fast",
            "report-dir",
            "boot-timeout",
            "package-timeout",
            "unit-timeout",
            "network-timeout",
            "keep-on-failure",
            "shell-on-failure");
    private static final Set<String> NETWORK =
            Set.of("url", "http-status", "http-body", "http-header", "no-redirects", "insecure");
    private static final Set<String> COMMAND = Set.of("command", "status", "stdout", "stderr");

    private final Path file;

    private SpecReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws UsageException when it cannot be read or understood; the message names the line
     */
    public static Spec read(Path file) {
        return new SpecReader(file).read();
    }

    private Spec read() {
        Map<String, SpecNode> keys = document().mapping(union(TREATMENT, RUN));
        if (keys.isEmpty()) {
            throw new UsageException(
                    "Tried to read " + file + ", but there is nothing in it.",
                    "Give it keys such as image: and package:.");
        }
        SpecNode packages = keys.get("package");
        SpecNode images = keys.get("image");
        return new Spec(
                images == null ? null : images.words(),
                packages == null ? null : packages.list(this::entry),
                treatment(keys),
                run(keys));
    }

    private Spec.Entry entry(SpecNode node) {
        if (node.isText()) {
            return new Spec.Entry(node.words(SpecReader::request), null, Treatment.none());
        }
        Map<String, SpecNode> keys = node.mapping(union(TREATMENT, Set.of("package", "sha256")));
        SpecNode packages = keys.get("package");
        if (packages == null) {
            throw node.wrong("holds an entry without \"package\"");
        }
        SpecNode digest = keys.get("sha256");
        return new Spec.Entry(
                packages.words(SpecReader::request),
                digest == null ? null : digest.words(RowReader::digest).get(0),
                treatment(keys));
    }

    private static PackageRequest request(String text) {
        return PackageRequest.parse(text, null);
    }

    private static Treatment treatment(Map<String, SpecNode> keys) {
        SpecNode lifecycle = keys.get("lifecycle");
        return new Treatment(
                words(keys.get("with"), SpecReader::request),
                words(keys.get("upgrade-from"), SpecReader::request),
                lifecycle == null ? null : lifecycle(lifecycle),
                words(keys.get("setup"), text -> text),
                words(keys.get("run"), text -> text),
                words(keys.get("allow-leftover"), PathGlob::parse),
                checks(keys));
    }

    private static String lifecycle(SpecNode node) {
        String steps = String.join(",", node.words());
        node.understood(() -> Step.parse(steps));
        return steps;
    }

    private static Checks checks(Map<String, SpecNode> keys) {
        SpecNode network = keys.get("check-network");
        SpecNode commands = keys.get("check-command");
        SpecNode journal = keys.get("check-journal");
        SpecNode failed = keys.get("check-failed-units");
        return new Checks(
                words(keys.get("check-unit"), UnitProbe::parse),
                network == null ? null : network.list(SpecReader::network),
                words(keys.get("check-file"), FileProbe::parse),
                commands == null ? null : commands.list(SpecReader::command),
                journal == null ? null : journal.list(SpecReader::journal),
                words(keys.get("check-package"), text -> PackageProbe.parse(text, RowReader::installed)),
                failed == null ? null : failed.flag());
    }

    /** Empty for "no errors". */
    private static String journal(SpecNode node) {
        String text = node.text();
        node.understood(() -> JournalProbe.parse(text));
        return text;
    }

    private static NetworkCheck network(SpecNode node) {
        NetworkCheck check = node.isText() ? NetworkCheck.of(node.word()) : entryOfNetwork(node);
        node.understood(() -> RowReader.network(check));
        return check;
    }

    private static NetworkCheck entryOfNetwork(SpecNode node) {
        Map<String, SpecNode> keys = node.mapping(NETWORK);
        SpecNode headers = keys.get("http-header");
        SpecNode redirects = keys.get("no-redirects");
        return new NetworkCheck(
                required(node, keys, "url"),
                number(keys.get("http-status"), 0),
                text(keys.get("http-body")),
                headers == null ? List.of() : headers.words(),
                redirects == null ? null : Boolean.valueOf(!redirects.flag()),
                flag(keys.get("insecure")));
    }

    private static CommandCheck command(SpecNode node) {
        CommandCheck check = node.isText() ? CommandCheck.of(node.word()) : entryOfCommand(node);
        node.understood(() -> RowReader.command(check));
        return check;
    }

    private static CommandCheck entryOfCommand(SpecNode node) {
        Map<String, SpecNode> keys = node.mapping(COMMAND);
        return new CommandCheck(
                required(node, keys, "command"),
                number(keys.get("status"), 0),
                text(keys.get("stdout")),
                text(keys.get("stderr")));
    }

    private static Spec.Run run(Map<String, SpecNode> keys) {
        String directory = text(keys.get("report-dir"));
        return new Spec.Run(
                number(keys.get("jobs"), 1),
                number(keys.get("retries"), 0),
                flag(keys.get("fail-fast")),
                directory == null ? null : Path.of(directory),
                number(keys.get("boot-timeout"), 1),
                number(keys.get("package-timeout"), 1),
                number(keys.get("unit-timeout"), 0),
                number(keys.get("network-timeout"), 0),
                flag(keys.get("keep-on-failure")),
                flag(keys.get("shell-on-failure")));
    }

    private static List<String> words(SpecNode node, Function<String, ?> reader) {
        return node == null ? null : node.words(reader);
    }

    private static String text(SpecNode node) {
        return node == null ? null : node.word();
    }

    private static Integer number(SpecNode node, int least) {
        return node == null ? null : Integer.valueOf(node.number(least));
    }

    private static Boolean flag(SpecNode node) {
        return node == null ? null : Boolean.valueOf(node.flag());
    }

    private static String required(SpecNode node, Map<String, SpecNode> keys, String key) {
        if (!keys.containsKey(key)) {
            throw node.wrong("holds an entry without \"" + key + "\"");
        }
        return keys.get(key).word();
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        Set<String> all = new TreeSet<>(first);
        all.addAll(second);
        return all;
    }

    private SpecNode document() {
        try (JsonParser parser = YAMLMapper.shared().createParser(Files.readAllBytes(file))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new SpecNode(file.toString(), 1, "", Map.of());
            }
            SpecNode document = node(parser, "");
            if (parser.nextToken() != null) {
                throw node(parser, "").wrong("begins a second document");
            }
            return document;
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "Tried to read the specification " + file + ", but there is no such file.", "Check the path.", e);
        } catch (IOException e) {
            throw new UsageException(
                    "Tried to read the specification " + file + ", but: " + e.getMessage() + ".", "Check the path.", e);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new UsageException(
                    "Tried to read " + file + ", but in line " + line + " it is no YAML: " + firstLine(e) + ".",
                    "Check its indentation and quotes.",
                    e);
        }
    }

    private static String firstLine(JacksonException failure) {
        String message = failure.getOriginalMessage();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private SpecNode node(JsonParser parser, String key) {
        int line = parser.currentTokenLocation().getLineNr();
        return switch (parser.currentToken()) {
            case START_OBJECT -> new SpecNode(file.toString(), line, key, mapping(parser));
            case START_ARRAY -> new SpecNode(file.toString(), line, key, list(parser, key));
            case VALUE_NULL -> new SpecNode(file.toString(), line, key, "");
            default -> new SpecNode(file.toString(), line, key, parser.getString());
        };
    }

    private Map<String, SpecNode> mapping(JsonParser parser) {
        Map<String, SpecNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            SpecNode value = node(parser, name);
            if (entries.put(name, value) != null) {
                throw value.wrong("is there twice");
            }
        }
        return entries;
    }

    private List<SpecNode> list(JsonParser parser, String key) {
        List<SpecNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(parser, key));
        }
        return elements;
    }
}

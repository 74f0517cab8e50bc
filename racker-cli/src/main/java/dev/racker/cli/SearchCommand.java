package dev.racker.cli;

import dev.racker.cli.format.Formatted;
import dev.racker.harness.Session;
import dev.racker.harness.acquire.RegistryOptions;
import dev.racker.harness.acquire.RegistrySearch;
import dev.racker.harness.acquire.RegistrySearch.Found;
import dev.racker.harness.error.HarnessException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Searches a registry. */
@Command(name = "search", mixinStandardHelpOptions = true, description = "Search a registry for images.")
final class SearchCommand implements Callable<Integer> {

    private static final int MOST = 100;
    private static final int SHOWN = 45;
    private static final String STANDARD = "{{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}";
    private static final Map<String, String> HEADINGS = Map.of(
            "Name", "NAME",
            "Description", "DESCRIPTION",
            "StarCount", "STARS",
            "IsOfficial", "OFFICIAL",
            "IsAutomated", "AUTOMATED");

    private final Session session;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "NAME=VALUE",
            description = "Show only those that fit: stars=NUMBER, is-official=true|false, is-automated=true|false.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "25",
            description = "Show so many at most, from 1 to 100 (default: 25).")
    private int limit;

    @Option(names = "--no-trunc", description = "Do not shorten descriptions.")
    private boolean whole;

    @Option(names = "--format", paramLabel = "table|json|TEMPLATE", description = "How to print, as for racker images.")
    private String format;

    @Option(
            names = "--tls-verify",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            description = "Talk to the registry by HTTPS, or by plain HTTP (default: true).")
    private Boolean tlsVerify;

    @Option(names = "--authfile", paramLabel = "FILE", description = "Read the log-ins of registries from this file.")
    private Path authFile;

    @Parameters(paramLabel = "[REGISTRY/]TERM", description = "A part of a name; without a registry, in docker's.")
    private String term;

    SearchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw new HarnessException(
                    "Tried to search with --limit \"" + limit + "\", but it is not between 1 and " + MOST + ".",
                    "Choose a number from 1 to " + MOST + ".");
        }
        Formatted formatted = Formatted.parse(format, STANDARD, HEADINGS);
        filters.forEach(filter -> fits(filter, new Found("", "", 0, false, false)));
        RegistryOptions options = new RegistryOptions(tlsVerify, null, RegistryFlags.absolute(authFile), null);
        List<ObjectNode> rows = new ArrayList<>();
        RegistrySearch search =
                new RegistrySearch(session.environment(), session.runner().cancellation());
        for (Found found : search.search(term, limit, options)) {
            if (filters.stream().allMatch(filter -> fits(filter, found))) {
                rows.add(row(found));
            }
        }
        formatted.print(new PrintWriter(session.out()), rows);
        return ExitStatus.OK;
    }

    private ObjectNode row(Found found) {
        String description = found.description().replace('\n', ' ').replace('\r', ' ');
        boolean cut = !whole && description.length() > SHOWN;
        return JsonNodeFactory.instance
                .objectNode()
                .put("Name", found.name())
                .put("Description", cut ? description.substring(0, SHOWN - 1) + "\u2026" : description)
                .put("StarCount", String.valueOf(found.stars()))
                .put("IsOfficial", found.official() ? "[OK]" : "")
                .put("IsAutomated", found.automated() ? "[OK]" : "");
    }

    private static boolean fits(String filter, Found found) {
        int equals = filter.indexOf('=');
        String name = equals < 0 ? filter : filter.substring(0, equals);
        String value = equals < 0 ? "true" : filter.substring(equals + 1);
        try {
            return switch (name) {
                case "stars" -> found.stars() >= Integer.parseInt(value);
                case "is-official" -> found.official() == flag(filter, value);
                case "is-automated" -> found.automated() == flag(filter, value);
                default ->
                    throw refused(
                            filter,
                            "there is no filter \"" + name + "\"",
                            "Known here: stars, is-official, is-automated.");
            };
        } catch (NumberFormatException e) {
            throw refused(filter, "\"" + value + "\" is no number", "Write stars=3.");
        }
    }

    private static boolean flag(String filter, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw refused(filter, "\"" + value + "\" is neither true nor false", "Write is-official=true.");
        }
        return value.equals("true");
    }

    private static HarnessException refused(String filter, String problem, String hint) {
        return new HarnessException("Tried to read --filter \"" + filter + "\", but " + problem + ".", hint);
    }
}

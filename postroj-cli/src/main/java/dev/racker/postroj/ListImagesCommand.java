package dev.racker.postroj;

import dev.racker.harness.Session;
import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.console.Table;
import dev.racker.harness.json.Json;
import dev.racker.harness.store.StoredImage;
import dev.racker.images.Catalogue;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the images that are known by name. */
@Command(
        name = "list-images",
        mixinStandardHelpOptions = true,
        description = "List the images that are known by name, and say which are in the store.")
final class ListImagesCommand implements Callable<Integer> {

    private final Session session;
    private final Catalogue catalogue;

    @Option(
            names = "--format",
            paramLabel = "table|json|labels",
            description = "How to print: table (default), json, or labels, one to a line.")
    private String format = "table";

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "List only images whose os-release names this family as ID or ID_LIKE, such as debian, rhel, "
                    + "suse.")
    private String family;

    @Option(names = "--installed", description = "List only images that are in the store.")
    private boolean installed;

    @Parameters(
            paramLabel = "LABEL",
            arity = "0..*",
            description = "List only these images: labels, or patterns such as 'debian-*'.")
    private List<String> labels = List.of();

    @Spec
    private CommandSpec spec;

    ListImagesCommand(Session session, Catalogue catalogue) {
        this.session = session;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        if (!List.of("table", "json", "labels").contains(format)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Tried to print in the format \"" + format + "\", but there are only table, json and labels.");
        }
        Map<CuratedRelease, StoredImage> stored = new HashMap<>();
        List<CuratedRelease> shown = new ArrayList<>();
        Map<String, StoredImage> names = names();
        for (CuratedRelease release : asked()) {
            release.labels().stream()
                    .filter(names::containsKey)
                    .findFirst()
                    .ifPresent(name -> stored.put(release, names.get(name)));
            if (!installed || stored.containsKey(release)) {
                shown.add(release);
            }
        }
        print(shown, stored);
        return ExitStatus.OK;
    }

    private List<CuratedRelease> asked() {
        List<CuratedRelease> asked = new ArrayList<>(labels.isEmpty() ? catalogue.all() : catalogue.matching(labels));
        if (family != null) {
            asked.retainAll(catalogue.ofFamily(family));
        }
        return asked;
    }

    /** What somebody may not read, or nobody can, counts as not there: this command looks at labels, not at the store. */
    private Map<String, StoredImage> names() {
        Map<String, StoredImage> names = new HashMap<>();
        session.store().images().list().images().forEach(image -> names.put(image.name(), image));
        return names;
    }

    private void print(List<CuratedRelease> shown, Map<CuratedRelease, StoredImage> stored) {
        if (format.equals("json")) {
            List<Map<String, Object>> trees = new ArrayList<>();
            shown.forEach(release -> trees.add(tree(release, stored.get(release))));
            session.out().print(new String(Json.pretty(trees), StandardCharsets.UTF_8));
            return;
        }
        PrintWriter out = new PrintWriter(session.out());
        if (format.equals("labels")) {
            shown.forEach(release -> out.println(release.label()));
        } else {
            Table table = new Table("LABEL", "FAMILY", "END OF LIFE", "SUPPORT", "INSTALLED", "ALSO");
            shown.forEach(release -> table.row(row(release, stored.get(release))));
            table.print(out);
        }
        out.flush();
    }

    private static String[] row(CuratedRelease release, StoredImage image) {
        return new String[] {
            release.label(),
            release.family(),
            release.endOfLife() == null ? "-" : release.endOfLife().toString(),
            support(release),
            image == null ? "-" : ByteSize.text(image.size()),
            String.join(" ", release.aliases())
        };
    }

    private static Map<String, Object> tree(CuratedRelease release, StoredImage image) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("label", release.label());
        tree.put("aliases", release.aliases());
        tree.put("distribution", release.distribution());
        tree.put("family", release.family());
        tree.put("like", release.like());
        tree.put("codename", release.codename());
        tree.put("version", release.version());
        tree.put(
                "endOfLife",
                release.endOfLife() == null ? null : release.endOfLife().toString());
        tree.put("support", support(release));
        tree.put("note", release.note());
        tree.put("installed", image != null);
        if (image != null) {
            tree.put("size", image.size());
            tree.put("digest", image.digest().toString());
            tree.put("pulled", image.pulled().toString());
        }
        return tree;
    }

    private static String support(CuratedRelease release) {
        return release.support().name().toLowerCase(Locale.ROOT);
    }
}

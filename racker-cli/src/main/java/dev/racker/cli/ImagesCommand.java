package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.console.Table;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Requirements;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.InvalidReferenceException;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.DamagedRecordException;
import dev.racker.harness.store.ImageStore;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the images in the store. */
@Command(name = "images", mixinStandardHelpOptions = true, description = "List the images in the store.")
final class ImagesCommand implements Callable<Integer> {

    private static final String NOTHING = "<none>";

    private final Session session;

    @Option(
            names = {"-a", "--all"},
            description = "Accepted for docker's sake: there are no intermediate images.")
    private boolean all;

    @Option(names = "--digests", description = "Show the digests too.")
    private boolean digests;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the images' ids.")
    private boolean quiet;

    @Option(names = "--no-trunc", description = "Do not shorten ids.")
    private boolean whole;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "How to print: table (default), or json, an object in a line for each image.")
    private String format = "table";

    @Parameters(paramLabel = "IMAGE", arity = "0..1", description = "List only the images of this repository.")
    private String only;

    ImagesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!format.equals("table") && !format.equals("json")) {
            throw new HarnessException(
                    "Tried to print in the format \"" + format + "\", but images knows only table and json.", null);
        }
        ImageStore.Listing listing = session.store().images().list();
        if (!listing.damaged().isEmpty()) {
            Requirements.checkRoot(session.host(), "racker images"); // others cannot read them, damaged or not
        }
        List<StoredImage> images = new ArrayList<>();
        for (StoredImage image : listing.images()) {
            if (only == null || isAskedFor(image)) {
                images.add(image);
            }
        }
        PrintWriter out = new PrintWriter(session.out());
        if (quiet) {
            images.forEach(image -> out.println(id(image)));
        } else if (format.equals("json")) {
            images.forEach(image -> JsonOutput.print(out, tree(image)));
        } else {
            table(images).print(out);
        }
        out.flush();
        for (DamagedRecordException damaged : listing.damaged()) {
            session.tell(damaged);
        }
        return listing.damaged().isEmpty() ? ExitStatus.OK : ExitStatus.PARTIAL;
    }

    private boolean isAskedFor(StoredImage image) {
        if (image.name().equals(only) || repository(image).equals(only)) {
            return true;
        }
        try {
            return ImageReference.parse(only).toString().equals(image.name());
        } catch (InvalidReferenceException e) {
            return false; // then it names no image
        }
    }

    private Table table(List<StoredImage> images) {
        Table table = digests
                ? new Table("REPOSITORY", "TAG", "DIGEST", "IMAGE ID", "CREATED", "SIZE")
                : new Table("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE");
        for (StoredImage image : images) {
            List<String> row = new ArrayList<>(List.of(repository(image), tag(image)));
            if (digests) {
                row.add(image.digest().toString());
            }
            row.addAll(List.of(id(image), age(image.created()), ByteSize.text(image.size())));
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    private Map<String, Object> tree(StoredImage image) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ID", id(image));
        tree.put("Repository", repository(image));
        tree.put("Tag", tag(image));
        tree.put("Digest", image.digest().toString());
        tree.put("CreatedAt", image.created().toString());
        tree.put("CreatedSince", age(image.created()));
        tree.put("Size", ByteSize.text(image.size()));
        tree.put("Bytes", image.size());
        tree.put("Name", image.name());
        tree.put("Source", image.source());
        tree.put("Platform", image.platform().toString());
        tree.put("Family", image.family());
        tree.put("Bootable", image.boot() == Boot.NONE ? "no" : image.boot() == Boot.PENDING ? "not yet" : "yes");
        return tree;
    }

    private String id(StoredImage image) {
        return whole ? image.digest().toString() : image.digest().shortHex();
    }

    private static String repository(StoredImage image) {
        return registry(image.name()) instanceof RegistryReference registry
                ? withoutTag(registry.familiar())
                : image.name();
    }

    private static String withoutTag(String familiar) {
        int end = familiar.indexOf('@') < 0 ? familiar.length() : familiar.indexOf('@');
        int colon = familiar.lastIndexOf(':', end - 1);
        return familiar.substring(0, colon > familiar.lastIndexOf('/', end - 1) ? colon : end);
    }

    private static String tag(StoredImage image) {
        return registry(image.name()) instanceof RegistryReference registry && registry.tag() != null
                ? registry.tag()
                : NOTHING;
    }

    /** A label is no reference of a registry, though it reads like one. */
    private static ImageReference registry(String name) {
        return name.indexOf('/') < 0 || name.indexOf(':') == 0 ? null : ImageReference.parse(name);
    }

    static String age(Instant created) {
        if (created.equals(Instant.EPOCH)) {
            return "N/A";
        }
        Duration age = Duration.between(created, Instant.now());
        if (age.toMinutes() < 1) {
            return Math.max(0, age.toSeconds()) + " seconds ago";
        }
        if (age.toHours() < 1) {
            return count(age.toMinutes(), "minute");
        }
        if (age.toDays() < 2) {
            return count(age.toHours(), "hour");
        }
        if (age.toDays() < 14) {
            return count(age.toDays(), "day");
        }
        if (age.toDays() < 60) {
            return count(age.toDays() / 7, "week");
        }
        return age.toDays() < 730 ? count(age.toDays() / 30, "month") : count(age.toDays() / 365, "year");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s") + " ago";
    }
}

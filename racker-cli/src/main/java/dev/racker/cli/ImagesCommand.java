package dev.racker.cli;

import dev.racker.cli.format.Formatted;
import dev.racker.harness.Session;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.host.Requirements;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.InvalidReferenceException;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import dev.racker.harness.store.DamagedRecordException;
import dev.racker.harness.store.ImageStore;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lists the images in the store. */
@Command(name = "images", mixinStandardHelpOptions = true, description = "List the images in the store.")
final class ImagesCommand extends DeclaredCommand {

    private static final String STANDARD = "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}";
    private static final String WITH_DIGESTS =
            "{{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}";
    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry("ID", "IMAGE ID"),
            Map.entry("Repository", "REPOSITORY"),
            Map.entry("Tag", "TAG"),
            Map.entry("Digest", "DIGEST"),
            Map.entry("CreatedSince", "CREATED"),
            Map.entry("CreatedAt", "CREATED AT"),
            Map.entry("Size", "SIZE"),
            Map.entry("Bytes", "BYTES"),
            Map.entry("Name", "NAME"),
            Map.entry("Source", "SOURCE"),
            Map.entry("Platform", "PLATFORM"),
            Map.entry("Family", "FAMILY"),
            Map.entry("Bootable", "BOOTABLE"),
            Map.entry("Containers", "CONTAINERS"),
            Map.entry("SharedSize", "SHARED SIZE"),
            Map.entry("UniqueSize", "UNIQUE SIZE"),
            Map.entry("VirtualSize", "SIZE"));

    private final Session session;

    private final Flag all = flag("-a, --all", "Accepted for docker's sake: there are no intermediate images.");

    private final Flag digests = flag("--digests", "Show the digests too.");

    private final Flag quiet = flag("-q, --quiet", "Print only the images' ids.");

    private final Flag whole = flag("--no-trunc", "Do not shorten ids.");

    private final Values<String> filters = texts(
            "-f, --filter",
            "NAME=VALUE",
            "List only those that fit: dangling=true|false, label=KEY[=VALUE], reference=PATTERN, "
                    + "before=IMAGE, since=IMAGE, until=TIME. May be repeated.");

    private final Value<String> format = text(
            "--format",
            "table|json|TEMPLATE",
            "How to print: table (default), table TEMPLATE, json (an object in a line for each image), or "
                    + "a template of Go's such as {{.Repository}}:{{.Tag}}.");

    private final Value<String> only = optionalWord(
            "IMAGE", "List only the images of this repository or name; * and ? stand for what may differ.");

    ImagesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Formatted formatted = Formatted.parse(format.given(), digests.isSet() ? WITH_DIGESTS : STANDARD, HEADINGS);
        ImageFilter filter = new ImageFilter(
                filters.list(), ImageFilter.OF_IMAGES, () -> session.harness().images());
        ImageStore.Listing listing = session.store().images().list();
        if (!listing.damaged().isEmpty()) {
            Requirements.checkRoot(session.host(), "racker images"); // others cannot read them, damaged or not
        }
        List<StoredImage> images = new ArrayList<>();
        for (StoredImage image : listing.images()) {
            if ((only.given() == null || isAskedFor(image, only.given())) && filter.test(image)) {
                images.add(image);
            }
        }
        images.sort(Comparator.comparing(StoredImage::created).reversed());
        print(images, formatted);
        for (DamagedRecordException damaged : listing.damaged()) {
            session.tell(damaged);
        }
        return listing.damaged().isEmpty() ? ExitStatus.OK : ExitStatus.PARTIAL;
    }

    private void print(List<StoredImage> images, Formatted formatted) {
        PrintWriter out = new PrintWriter(session.out());
        if (quiet.isSet()) {
            images.forEach(image -> out.println(id(image)));
            out.flush();
        } else {
            List<ObjectNode> rows = new ArrayList<>();
            for (StoredImage image : images) {
                // The table does not show it, and to write it takes as long as all the rest.
                rows.add(row(image, formatted.isStandard() ? "" : Ages.at(image.created())));
            }
            formatted.print(out, rows);
        }
    }

    private static boolean isAskedFor(StoredImage image, String name) {
        if (image.name().equals(name) || ImageFilter.isNamed(image, name)) {
            return true;
        }
        try {
            ImageReference reference = ImageReference.parse(name);
            return reference.toString().equals(image.name());
        } catch (InvalidReferenceException e) {
            return false; // then it names no image
        }
    }

    private ObjectNode row(StoredImage image, String createdAt) {
        ImageName name = ImageName.of(image);
        String size = ByteSize.text(image.size());
        return JsonNodeFactory.instance
                .objectNode()
                .put("ID", id(image))
                .put("Repository", name.repository())
                .put("Tag", name.tag())
                .put("Digest", image.digest().toString())
                .put("CreatedAt", createdAt)
                .put("CreatedSince", Ages.since(image.created()))
                .put("Size", size)
                .put("Bytes", image.size())
                .put("Name", image.name())
                .put("Source", image.source())
                .put("Platform", image.platform().toString())
                .put("Family", image.family())
                .put("Containers", "N/A")
                .put("SharedSize", "N/A")
                .put("UniqueSize", "N/A")
                .put("VirtualSize", size)
                .put("Bootable", image.boot() == Boot.NONE ? "no" : image.boot() == Boot.PENDING ? "not yet" : "yes");
    }

    private String id(StoredImage image) {
        return whole.isSet() ? image.digest().toString() : image.digest().shortHex();
    }
}

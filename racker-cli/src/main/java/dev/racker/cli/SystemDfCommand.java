package dev.racker.cli;

import dev.racker.cli.format.Formatted;
import dev.racker.harness.Session;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how much room images, containers and volumes take. */
@Command(
        name = "df",
        mixinStandardHelpOptions = true,
        description = "Tell how much room images, containers and volumes take.")
final class SystemDfCommand implements Callable<Integer> {

    private static final String STANDARD = "{{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}";
    private static final String IMAGES =
            "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}";
    private static final String CONTAINERS =
            "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}";
    private static final String VOLUMES = "{{.Name}}\t{{.Links}}\t{{.Size}}";

    private final Session session;

    @Option(names = "-v", description = "List each image, container and volume, as --verbose does.")
    private boolean each;

    @Option(
            names = "--format",
            paramLabel = "json|table TEMPLATE|TEMPLATE",
            description = "Print as JSON, or by a template of Go's such as {{.Type}}: {{.Size}}.")
    private String format;

    SystemDfCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RoomTaken room = new RoomTaken(session.harness());
        PrintWriter out = new PrintWriter(session.out());
        if (!each && !session.isVerbose()) {
            Formatted.parse(
                            format,
                            STANDARD,
                            Map.of(
                                    "Type", "TYPE",
                                    "TotalCount", "TOTAL",
                                    "Active", "ACTIVE",
                                    "Size", "SIZE",
                                    "Reclaimable", "RECLAIMABLE"))
                    .print(out, room.summary());
            return ExitStatus.OK;
        }
        out.println("Images space usage:\n");
        Formatted.parse(format, IMAGES, RoomTaken.headings("IMAGE ID")).print(out, room.images());
        out.println("\nContainers space usage:\n");
        Formatted.parse(format, CONTAINERS, RoomTaken.headings("CONTAINER ID")).print(out, room.containers());
        out.println("\nLocal Volumes space usage:\n");
        Formatted.parse(format, VOLUMES, RoomTaken.headings("")).print(out, room.volumes());
        out.flush();
        return ExitStatus.OK;
    }
}

package dev.racker.cli;

import dev.racker.cli.format.Formatted;
import dev.racker.harness.Session;
import dev.racker.harness.Standby;
import dev.racker.harness.StandbySetting;
import dev.racker.harness.Standbys;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lists which machines wait. */
@Command(
        name = "ls",
        aliases = "list",
        mixinStandardHelpOptions = true,
        description = "List for each image how many machines are wanted to wait, and how many do.")
final class StandbyLsCommand implements Callable<Integer> {

    private static final String STANDARD =
            "{{.Image}}\t{{.Wanted}}\t{{.Ready}}\t{{.Network}}\t{{.Expire}}\t{{.Problem}}";

    private static final Map<String, String> HEADINGS = Map.of(
            "Image", "IMAGE",
            "Wanted", "WANTED",
            "Ready", "READY",
            "Network", "NETWORK",
            "Expire", "EXPIRE",
            "Problem", "PROBLEM",
            "Machines", "MACHINES");

    private final Session session;

    @Option(
            names = "--format",
            paramLabel = "json|table TEMPLATE|TEMPLATE",
            description =
                    "Print as JSON, or by a template of Go's such as {{.Image}}: {{.Ready}}; {{.Machines}} are the"
                            + " names of those that wait.")
    private String format;

    StandbyLsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Formatted formatted = Formatted.parse(format, STANDARD, HEADINGS);
        List<JsonNode> rows = new ArrayList<>();
        for (Standbys.View view : session.harness().standbys().list()) {
            rows.add(row(view));
        }
        formatted.print(new PrintWriter(session.out(), true), rows);
        return ExitStatus.OK;
    }

    private static JsonNode row(Standbys.View view) {
        StandbySetting setting = view.setting();
        List<String> names = new ArrayList<>();
        for (Standby standby : view.ready()) {
            names.add(standby.name());
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("Expire", setting.idle().isZero() ? "never" : text(setting.idle()))
                .put("Image", setting.image())
                .put("Machines", String.join(",", names))
                .put("Network", setting.network().toString())
                .put("Problem", view.problem())
                .put("Ready", Integer.toString(view.ready().size()))
                .put("Wanted", Integer.toString(setting.count()));
    }

    /** As the option takes it: 1h30m. */
    private static String text(Duration duration) {
        String iso = duration.toString(); // PT1H30M
        StringBuilder text = new StringBuilder();
        for (int i = 2; i < iso.length(); i++) {
            text.append(Character.toLowerCase(iso.charAt(i)));
        }
        return text.toString();
    }
}

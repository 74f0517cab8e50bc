package dev.racker.cli;

import dev.racker.cli.format.GoTemplate;
import dev.racker.harness.Harness;
import dev.racker.harness.NoSuchImageException;
import dev.racker.harness.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Shows all that is known of images. */
@Command(name = "inspect", mixinStandardHelpOptions = true, description = "Show all that is known of images, as JSON.")
final class ImageInspectCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "json|TEMPLATE",
            description = "Print in one line of JSON, or by a template of Go's such as {{.Config.Cmd}}.")
    private String format;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "The image, by name or id.")
    private List<String> images;

    ImageInspectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        GoTemplate template = format == null || format.equals("json") ? null : GoTemplate.parse(format);
        Harness harness = session.harness();
        ImageDocuments documents = new ImageDocuments(harness.store());
        List<ObjectNode> found = new ArrayList<>();
        int status = ExitStatus.OK;
        for (String image : images) {
            try {
                found.add(documents.of(harness.images().stored(image)));
            } catch (NoSuchImageException e) {
                session.tell(e);
                status = ExitStatus.PARTIAL;
            }
        }
        if (template == null) {
            session.out().print(format == null ? IndentedJson.text(found) : IndentedJson.line(found));
        } else {
            found.forEach(document -> session.out().println(template.render(document)));
        }
        return status;
    }
}

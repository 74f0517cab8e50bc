package dev.racker.cli;

import dev.racker.cli.format.GoTemplate;
import dev.racker.harness.Event;
import dev.racker.harness.Session;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells what happens to containers, images, networks and volumes. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Tell what happens to containers, images, networks and volumes, until it is interrupted.")
final class EventsCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX");

    private final Session session;

    @Option(names = "--since", paramLabel = "TIME", description = "Begin with what has happened since then.")
    private String since = "";

    @Option(names = "--until", paramLabel = "TIME", description = "End with what has happened until then.")
    private String until = "";

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "NAME=VALUE",
            description = "Tell only this: container, event, image, label, network, scope, type, volume.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "json|TEMPLATE",
            description = "Print as JSON, or by a template of Go's such as {{.Action}}.")
    private String format = "";

    EventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(signals -> NetworkCommand.telling(session, this::tell));
    }

    private void tell() {
        EventFilter filter = new EventFilter(filters);
        Function<Event, String> text = text();
        Instant now = Instant.now();
        Instant from = LogTimes.parse("--since", since, now, until.isEmpty() ? now : Instant.MIN);
        Instant to = LogTimes.parse("--until", until, now, Instant.MAX);
        session.harness().events().read(from, to, noted -> {
            Event event = familiar(noted);
            if (filter.fits(event)) {
                session.out().println(text.apply(event));
                session.out().flush();
            }
        });
    }

    /** With names of images as users type them. */
    private static Event familiar(Event event) {
        Map<String, String> attributes = new LinkedHashMap<>(event.attributes());
        boolean isImage = event.type().equals("image");
        attributes.computeIfPresent(isImage ? "name" : "image", (key, name) -> ContainerWords.image(name));
        String id = isImage && !event.id().isEmpty() ? ContainerWords.image(event.id()) : event.id();
        return new Event(event.time(), event.type(), event.action(), id, attributes);
    }

    private Function<Event, String> text() {
        if (format.isEmpty()) {
            return EventsCommand::plain;
        }
        if (format.equals("json")) {
            return event -> json(event).toString();
        }
        GoTemplate template = GoTemplate.parse(format);
        return event -> template.render(json(event));
    }

    /** {@code 2024-01-02T13:23:37.123456789Z container start ID (image=x, name=y)}. */
    private static String plain(Event event) {
        List<String> attributes = new ArrayList<>();
        event.attributes().forEach((name, value) -> attributes.add(name + "=" + value));
        return TIME.format(event.time().atZone(ZoneId.systemDefault())) + " " + event.type() + " " + event.action()
                + " " + event.id() + " (" + String.join(", ", attributes) + ")";
    }

    private static ObjectNode json(Event event) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        boolean isContainer = event.type().equals("container");
        if (isContainer || event.type().equals("image")) {
            node.put("status", event.action());
            node.put("id", event.id());
        }
        if (isContainer) {
            node.put("from", event.attributes().getOrDefault("image", ""));
        }
        node.put("Type", event.type());
        node.put("Action", event.action());
        ObjectNode attributes = node.putObject("Actor").put("ID", event.id()).putObject("Attributes");
        event.attributes().forEach(attributes::put);
        node.put("scope", "local");
        node.put("time", event.time().getEpochSecond());
        node.put("timeNano", event.nanoseconds());
        return node;
    }
}

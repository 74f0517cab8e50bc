package dev.racker.cli;

import dev.racker.harness.ContainerState;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.InvalidReferenceException;
import dev.racker.harness.network.Connections;
import dev.racker.harness.network.PortMapping;
import dev.racker.harness.store.ContainerRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What tables say about containers, in docker's words. */
final class ContainerWords {

    /** What runs in a container that was given nothing to run: its init. */
    static final String INIT = "/sbin/init";

    private static final int COMMAND_LENGTH = 20;

    private final Instant now;

    ContainerWords(Instant now) {
        this.now = now;
    }

    /** {@code Up 5 minutes (healthy)}, {@code Exited (0) 3 seconds ago}. */
    String status(ContainerState state) {
        return switch (state.status()) {
            case CREATED -> "Created";
            case RUNNING -> "Up " + since(state.started()) + health(state.health());
            case PAUSED -> "Up " + since(state.started()) + " (Paused)";
            case RESTARTING -> "Restarting (" + state.exitStatus() + ") " + since(state.finished()) + " ago";
            case EXITED -> "Exited (" + state.exitStatus() + ") " + since(state.finished()) + " ago";
        };
    }

    private static String health(String health) {
        return health.isEmpty() ? "" : health.equals("starting") ? " (health: starting)" : " (" + health + ")";
    }

    private String since(Optional<Instant> time) {
        return HumanDuration.text(Duration.between(time.orElse(now), now));
    }

    /** How long ago it was made. */
    String age(ContainerRecord record) {
        return since(Optional.of(record.created())) + " ago";
    }

    /** {@code 2024-01-02 13:23:37 +0000 UTC}, in this host's time zone. */
    static String createdAt(ContainerRecord record) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xx zzz", Locale.ROOT)
                .format(record.created().atZone(ZoneId.systemDefault()));
    }

    /** As a user would type it. */
    static String image(ContainerRecord record) {
        return image(record.image());
    }

    /** A name of an image as a user would type it. */
    static String image(String name) {
        try {
            return PullCommand.familiar(ImageReference.parse(name));
        } catch (InvalidReferenceException e) {
            return name; // a digest
        }
    }

    /** What was asked to run, between quotation marks. */
    static String command(ContainerRecord record, boolean whole) {
        String text = record.command().isEmpty() ? INIT : String.join(" ", record.command());
        boolean fits = whole || text.codePointCount(0, text.length()) <= COMMAND_LENGTH;
        return '"' + (fits ? text : text.substring(0, text.offsetByCodePoints(0, COMMAND_LENGTH - 1)) + "\u2026") + '"';
    }

    /** {@code 0.0.0.0:8080->80/tcp, 0.0.0.0:9000-9002->9000-9002/udp}. */
    static String ports(Connections connections) {
        List<String> texts = new ArrayList<>();
        for (PortMapping mapping : connections.ports()) {
            String last = mapping.count() == 1 ? "" : "-" + (mapping.hostPort() + mapping.count() - 1);
            String inside = mapping.count() == 1 ? "" : "-" + (mapping.port() + mapping.count() - 1);
            for (String address : connections.answering(mapping)) {
                texts.add(address + last + "->" + mapping.port() + inside + "/" + mapping.protocol());
            }
        }
        return String.join(", ", texts);
    }

    /** {@code a=b,c=d}. */
    static String labels(Map<String, String> labels) {
        List<String> texts = new ArrayList<>();
        new TreeMap<>(labels).forEach((name, value) -> texts.add(name + "=" + value));
        return String.join(",", texts);
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.ContainerState;
import dev.racker.harness.ContainerState.Status;
import dev.racker.harness.network.Connections;
import dev.racker.harness.network.PortMapping;
import dev.racker.harness.store.ContainerRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerWordsTest {

    private static final Instant NOW = Instant.parse("2024-01-02T13:23:37Z");
    private final ContainerWords words = new ContainerWords(NOW);

    private static ContainerState state(Status status, int exit, String health) {
        return new ContainerState(
                status,
                1,
                Optional.of(NOW.minusSeconds(300)),
                Optional.of(NOW.minusSeconds(3)),
                exit,
                false,
                0,
                health);
    }

    @Test
    void a_status_is_worded_as_docker_words_it() {
        assertEquals("Created", words.status(state(Status.CREATED, 0, "")));
        assertEquals("Up 5 minutes", words.status(state(Status.RUNNING, 0, "")));
        assertEquals("Up 5 minutes (healthy)", words.status(state(Status.RUNNING, 0, "healthy")));
        assertEquals("Up 5 minutes (health: starting)", words.status(state(Status.RUNNING, 0, "starting")));
        assertEquals("Up 5 minutes (Paused)", words.status(state(Status.PAUSED, 0, "")));
        assertEquals("Restarting (1) 3 seconds ago", words.status(state(Status.RESTARTING, 1, "")));
        assertEquals("Exited (137) 3 seconds ago", words.status(state(Status.EXITED, 137, "")));
    }

    @Test
    void ports_are_told_in_ranges() {
        Connections connections = new Connections(
                List.of(),
                List.of(PortMapping.parse("8080:80"), PortMapping.parse("127.0.0.1:9000-9002:5000-5002/udp")));

        assertEquals("0.0.0.0:8080->80/tcp, 127.0.0.1:9000-9002->5000-5002/udp", ContainerWords.ports(connections));
    }

    @Test
    void a_long_command_is_cut_after_twenty_characters() {
        ContainerRecord record = new ContainerRecord(
                "a".repeat(64),
                "web",
                "debian",
                List.of(),
                List.of("sh", "-c", "while true; do sleep 1; done"),
                NOW,
                false,
                Map.of("b", "2", "a", "1"));

        assertEquals("\"sh -c while true; d\u2026\"", ContainerWords.command(record, false));
        assertEquals("\"sh -c while true; do sleep 1; done\"", ContainerWords.command(record, true));
        assertEquals("a=1,b=2", ContainerWords.labels(record.labels()));
        assertEquals("aaaaaaaaaaaa", record.shortId());
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Event;
import dev.racker.harness.error.HarnessException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {

    private static final Event STARTED = new Event(
            Instant.EPOCH,
            "container",
            "exec_start: ls",
            "abcdef",
            Map.of("image", "quay.io:5000/app:1", "name", "web", "tier", "front"));

    private static final Event CONNECTED =
            new Event(Instant.EPOCH, "network", "connect", "123456", Map.of("container", "abcdef", "name", "lan"));

    private static final Event PULLED =
            new Event(Instant.EPOCH, "image", "pull", "alpine:3", Map.of("name", "alpine:3"));

    private static String fits(String... filters) {
        EventFilter filter = new EventFilter(List.of(filters));
        return (filter.fits(STARTED) ? "started " : "")
                + (filter.fits(CONNECTED) ? "connected " : "")
                + (filter.fits(PULLED) ? "pulled" : "");
    }

    @ParameterizedTest
    @CsvSource({
        "type=network, connected",
        "event=exec_start, started",
        "event=exec_start: ls, started",
        "event=exec, ''",
        "event=connect, connected",
        "container=web, started",
        "container=abc, started connected",
        "container=lan, ''",
        "network=la, connected",
        "network=1234, connected",
        "volume=abc, ''",
        "image=quay.io:5000/app, started",
        "image=quay.io:5000/app:1, started",
        "image=quay.io, ''",
        "image=alpine, pulled",
        "label=tier, started",
        "label=tier=back, ''",
        "scope=swarm, ''"
    })
    void a_filter_lets_events_pass(String filter, String passing) {
        assertEquals(passing, fits(filter).strip());
    }

    @Test
    void one_of_each_kind_and_all_labels_have_to_fit() {
        assertEquals("connected pulled", fits("type=network", "type=image"));
        assertEquals("", fits("type=network", "event=pull"));
        assertEquals("", fits("label=tier", "label=other"));
    }

    @ParameterizedTest
    @CsvSource({"type, bad format of filter (expected name=value)", "node=x, invalid filter 'node'"})
    void a_wrong_filter_is_told_in_dockers_words(String filter, String problem) {
        HarnessException failure = assertThrows(HarnessException.class, () -> fits(filter));

        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
    }
}

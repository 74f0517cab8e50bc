package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Lifecycle;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.ImageHealth;
import dev.racker.harness.machine.HealthCheck;
import dev.racker.harness.option.PlainWords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an image says about stopping and health, and what options make of it. */
class LifecycleOptionsTest {

    private static final ImageHealth HEALTH = new ImageHealth(
            List.of("CMD-SHELL", "check"),
            Duration.ofSeconds(7),
            Duration.ZERO,
            Duration.ofSeconds(9),
            Duration.ZERO,
            2);
    private static final ImageConfig IMAGE = new ImageConfig(
            List.of(),
            List.of(),
            List.of(),
            "",
            "",
            "SIGQUIT",
            Map.of(),
            List.of(),
            List.of(),
            HEALTH,
            List.of("/bin/bash", "-ec"));

    @Test
    void the_image_says_how_it_is_stopped_and_how_its_health_is_checked() {
        Lifecycle lifecycle = lifecycle(IMAGE);

        assertEquals("QUIT", lifecycle.stopSignal());
        assertEquals(
                Optional.of(new HealthCheck(
                        List.of("/bin/bash", "-ec", "check"),
                        Duration.ofSeconds(7),
                        HealthCheck.DEFAULT_INTERVAL,
                        2,
                        Duration.ofSeconds(9),
                        HealthCheck.DEFAULT_START_INTERVAL)),
                lifecycle.health());
    }

    @Test
    void options_replace_what_the_image_says_one_by_one() {
        Lifecycle lifecycle = lifecycle(
                IMAGE,
                "--stop-signal=SIGINT",
                "--health-cmd=other",
                "--health-timeout=3s",
                "--health-retries=5",
                "--health-start-period=1s",
                "--health-start-interval=200ms");

        assertEquals("INT", lifecycle.stopSignal());
        assertEquals(
                Optional.of(new HealthCheck(
                        List.of("/bin/bash", "-ec", "other"),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(3),
                        5,
                        Duration.ofSeconds(1),
                        Duration.ofMillis(200))),
                lifecycle.health());
    }

    @Test
    void checks_do_not_come_less_often_while_it_starts() {
        assertEquals(
                Duration.ofSeconds(2),
                lifecycle(ImageConfig.empty(), "--health-cmd=true", "--health-interval=2s", "--health-start-period=1m")
                        .health()
                        .orElseThrow()
                        .startInterval());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-healthcheck", "--health-cmd=none"})
    void the_check_of_the_image_can_be_done_without(String option) {
        assertEquals(Optional.empty(), lifecycle(IMAGE, option).health());
    }

    @Test
    void an_image_that_says_nothing_is_not_checked() {
        assertEquals(Optional.empty(), lifecycle(ImageConfig.empty()).health());
        assertEquals(
                List.of("/bin/sh", "-c", "true"),
                lifecycle(ImageConfig.empty(), "--health-cmd=true")
                        .health()
                        .orElseThrow()
                        .command());
    }

    @Test
    void no_check_cannot_be_tuned() {
        assertThrows(HarnessException.class, () -> lifecycle(IMAGE, "--no-healthcheck", "--health-retries=1"));
    }

    private static Lifecycle lifecycle(ImageConfig image, String... options) {
        LifecycleOptions read = new LifecycleOptions();
        assertTrue(PlainWords.read(read, List.of(options)));
        return read.lifecycle(image, false);
    }
}

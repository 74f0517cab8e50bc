package dev.racker.harness.probe;

import dev.racker.harness.Container;
import dev.racker.harness.TestImage;
import dev.racker.harness.machine.Machine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Machines in which nobody can tell how a unit is. */
@ExtendWith(TestImage.Shared.class)
class UnknownUnitStateIT extends UnitProbeCase {

    private final TestImage image;

    UnknownUnitStateIT(TestImage image) {
        this.image = image;
    }

    @Test
    void when_nobody_can_tell_it_is_an_error() throws Exception {
        try (Container other = image.boot(image.changed("units:1", UNITS))) {
            Machine doomed = other.machine();
            doomed.tool(List.of("systemctl", "start", "--no-block", "never-ready"), Duration.ofSeconds(10));
            ProbeContext context = patient(doomed, Duration.ofMinutes(5), Duration.ZERO);
            CompletableFuture<ProbeResult> waiting = CompletableFuture.supplyAsync(() -> check("never-ready", context));

            doomed.run(
                    "sh",
                    "-c",
                    "mount --bind /bin/false /usr/bin/journalctl; printf '%s\\n' '#!/bin/sh'"
                            + " 'echo Failed to connect to bus >&2' 'exit 1' >/run/systemctl; chmod +x /run/systemctl");
            doomed.tool(List.of("mount", "--bind", "/run/systemctl", "/usr/bin/systemctl"), Duration.ofSeconds(10));

            assertResult(Verdict.ERROR, "Failed to connect to bus", waiting.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_machine_that_ends_ends_the_wait() throws Exception {
        try (Container other = image.boot(image.changed("units:1", UNITS))) {
            Machine doomed = other.machine();
            doomed.tool(List.of("systemctl", "start", "--no-block", "never-ready"), Duration.ofSeconds(10));
            ProbeContext context = patient(doomed, Duration.ofMinutes(5), Duration.ZERO);
            CompletableFuture<ProbeResult> waiting = CompletableFuture.supplyAsync(() -> check("never-ready", context));
            doomed.tool(List.of("systemctl", "show", "never-ready"), Duration.ofSeconds(10));
            doomed.kill();

            assertResult(Verdict.ERROR, "has ended", waiting.get(30, TimeUnit.SECONDS));
        }
    }
}

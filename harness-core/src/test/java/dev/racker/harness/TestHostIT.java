package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each run of the integration tests happens where its name says. */
class TestHostIT {
    private static final String PLANE = System.getProperty("racker.test.plane", "not set");
    private static final boolean MACHINED = PLANE.equals("machined");

    private final CommandRunner runner = new CommandRunner();

    @Test
    void the_plane_is_known() {
        assertTrue(MACHINED || PLANE.equals("direct"), PLANE);
    }

    @Test
    void process_1_is_systemd_exactly_in_the_machined_plane() throws IOException {
        String init = Files.readString(Path.of("/proc/1/comm")).strip();

        assertEquals(MACHINED, init.equals("systemd"), init);
        assertEquals(MACHINED, Files.isDirectory(Path.of("/run/systemd/system")));
    }

    @Test
    void machined_answers_exactly_in_the_machined_plane() {
        int status = runner.run(Command.of("machinectl", "list", "--no-legend")
                        .timeout(Duration.ofSeconds(30))
                        .expectAny())
                .status();

        if (MACHINED) {
            assertEquals(0, status);
        } else {
            assertNotEquals(0, status);
        }
    }

    @Test
    void the_state_directory_can_carry_the_upper_directory_of_an_overlay() throws IOException {
        Path state = Path.of("/var/lib/postroj");

        assertFalse(
                Files.isDirectory(state) && Files.getFileStore(state).type().equals("overlay"),
                "an overlay cannot be above another one");
    }

    @Test
    void a_unit_runs_and_gives_back_its_output_in_the_machined_plane() {
        Command unit = Command.of("systemd-run", "--quiet", "--collect", "--wait", "--pipe", "echo", "hello")
                .timeout(Duration.ofSeconds(30))
                .expectAny();

        assertEquals(MACHINED ? "hello" : "", runner.run(unit).text().strip());
    }
}

package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What watches over a machine that waits to be claimed. */
class StandbyScriptTest {

    private static final String START = "exec 5<>\"$1/owner\" && exec sh \"$1/standby.sh\" owner \"$1\"";

    @TempDir
    private Path run;

    private Process script;

    @BeforeEach
    void prepare() throws Exception {
        Script.copy("standby.sh", run.resolve("standby.sh"));
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", run.resolve("owner").toString())
                        .start()
                        .waitFor());
    }

    @AfterEach
    void end() throws Exception {
        script.destroyForcibly().waitFor();
    }

    private boolean endsUnder(long supervisor, long milliseconds) throws IOException, InterruptedException {
        Files.writeString(run.resolve("supervisor"), supervisor + "\n");
        script = new ProcessBuilder("sh", "-c", START, "sh", run.toString()).start();
        return script.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    }

    @Test
    void it_goes_on_beside_its_supervisor() throws Exception {
        assertFalse(endsUnder(ProcessHandle.current().pid(), 200));
    }

    @Test
    void it_ends_when_its_supervisor_was_killed_before_it_began() throws Exception {
        assertTrue(endsUnder(1, 20_000));
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A state directory on an overlay, as a container of another engine has it. */
@ExtendWith(TestRacker.Own.class)
class OverlaidStateIT {

    private TestRacker racker;
    private Path state;
    private String image;

    @BeforeEach
    void mount_an_overlay(TestRacker own) throws Exception {
        racker = own;
        image = racker.busybox();
        Path lower = Files.createDirectories(racker.files().resolve("lower"));
        Path upper = Files.createDirectories(racker.files().resolve("upper"));
        Path work = Files.createDirectories(racker.files().resolve("work"));
        state = Files.createDirectories(racker.files().resolve("overlaid"));
        String options = "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work;
        racker.tool("mount", "-t", "overlay", "-o", options, "racker-test", state.toString());
    }

    @AfterEach
    void unmount_it() throws Exception {
        racker.tool("umount", state.toString());
    }

    @Test
    void it_is_told_with_the_remedy_however_a_container_is_started() throws Exception {
        racker.runIn(state, "pull", "--quiet", image).ok();

        for (String how : new String[] {"--rm", "--detach"}) {
            Result result = racker.runIn(state, "run", how, "--name=first", "--network=none", image, "true");
            assertEquals(125, result.status(), result::toString);
            assertEquals("", result.out());
            assertTrue(
                    result.err().contains("racker: A writable layer cannot be on an overlay, as "), result::toString);
            assertTrue(result.err().contains("Set RACKER_STATE_DIR to a directory elsewhere."), result::toString);
        }
        assertEquals("first\n", racker.runIn(state, "rm", "first").ok());
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers that stay when racker has ended; each is removed after its test. */
@ExtendWith(TestRacker.Shared.class)
abstract class KeptCase {

    final TestRacker racker;
    final String image;

    KeptCase(TestRacker racker) throws Exception {
        this.racker = racker;
        this.image = racker.debian();
    }

    @AfterEach
    void remove() throws Exception {
        racker.removeContainers();
    }

    /** Starts one without a network, and gives its id. */
    final String detached(String name, String... rest) throws Exception {
        List<String> line = new ArrayList<>(List.of("run", "--detach", "--network=none", "--name=" + name));
        line.addAll(List.of(rest));
        return racker.run(line.toArray(String[]::new)).ok().strip();
    }

    /** Its line in the list; empty when there is none. */
    final String status(String name) throws Exception {
        for (String line : racker.run("ps", "--all").ok().lines().toList()) {
            if (line.endsWith(" " + name)) {
                return line;
            }
        }
        return "";
    }

    final String logs(String name) throws Exception {
        return racker.run("logs", name).out();
    }

    /** Follows what it prints until a line has come. */
    final void awaitLine(String name, String wanted) throws Exception {
        Process following = racker.start("logs", "--follow", name);
        String line = following.inputReader().readLine();
        while (!wanted.equals(line)) {
            assertNotNull(line, () -> name + " has ended without " + wanted);
            line = following.inputReader().readLine();
        }
        racker.signal("INT", following);
        assertEquals(130, following.waitFor());
    }

    final boolean isExited(String name) throws Exception {
        return status(name).contains("Exited");
    }

    /** What belongs to its machine while that runs. */
    final Path machine(String id) {
        return racker.runDirectory().resolve("machines/" + id.substring(0, 12));
    }

    /** Starts a command as the only process of its machine. */
    final String unbooted(String name, String... command) throws Exception {
        return start(name, List.of("--systemd=false"), command);
    }

    final String start(String name, List<String> options, String... command) throws Exception {
        List<String> words = new ArrayList<>(options);
        words.add(image);
        words.addAll(List.of(command));
        return detached(name, words.toArray(String[]::new));
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code racker system} and whatever is in a store of its own. */
@ExtendWith(TestRacker.Own.class)
class SystemIT {

    private final TestRacker racker;
    private final String image;

    SystemIT(TestRacker racker) throws Exception {
        this.racker = racker;
        this.image = racker.debian();
    }

    @AfterEach
    void remove() throws Exception {
        racker.removeContainers();
    }

    @Test
    void the_system_tells_how_much_room_everything_takes() throws Exception {
        racker.run("create", "--name", "idle", image).ok();

        List<String> lines = racker.run("system", "df").ok().lines().toList();

        assertTrue(lines.get(0).matches("TYPE +TOTAL +ACTIVE +SIZE +RECLAIMABLE"), lines.get(0));
        assertTrue(lines.get(1).matches("Images +1 +1 +\\d.*"), lines.get(1));
        assertTrue(lines.get(2).matches("Containers +1 +0 +\\d.*"), lines.get(2));
        Result asked = racker.run("n\n".getBytes(StandardCharsets.UTF_8), "system", "prune");
        assertTrue(asked.ok().startsWith("WARNING! This will remove:\n  - all stopped containers\n"), asked.out());
        assertTrue(racker.run("ps", "-aq").ok().length() > 1);
    }

    @Test
    void what_nobody_uses_is_pruned_from_the_system() throws Exception {
        racker.run("run", "-d", "--network=none", "--systemd=false", "--name=living", image, "sleep", "100")
                .ok();
        racker.run("create", "--name=idle", "--label=keep", "-v", "/anonymous", image)
                .ok();
        racker.run("create", "--name=idler", "-v", "named:/v", image).ok();
        racker.run("network", "create", "lonely").ok();
        racker.run("volume", "create").ok();

        String some =
                racker.run("system", "prune", "-f", "--filter=label!=keep").ok();
        assertTrue(
                some.matches("Deleted Containers:\n[0-9a-f]{64}\n\nDeleted Networks:\nlonely\n\nTotal .*: .*B\n"),
                some);
        assertEquals(
                "Total reclaimed space: 0B\n",
                racker.run("system", "prune", "-f", "--filter=until=1h").ok());
        String rest = racker.run("y\n".getBytes(StandardCharsets.UTF_8), "system", "prune", "--volumes")
                .ok();
        assertTrue(rest.contains("[y/N] Deleted Containers:\n"), rest);
        assertEquals(
                3, rest.lines().filter(line -> line.matches("[0-9a-f]{64}")).count(), rest);

        assertEquals("living\n", racker.run("ps", "-a", "--format={{.Names}}").ok());
        assertEquals("named\n", racker.run("volume", "ls", "-q").ok());
        racker.run("volume", "rm", "named").ok();
        assertEquals(1, racker.run("images", "-q").ok().lines().count());
    }
}

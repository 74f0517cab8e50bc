package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.ContainerStore;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.StorePaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkCommandTest {

    @TempDir
    Path directory;

    private TestSession racker;

    @BeforeEach
    void open() {
        racker = TestSession.in(directory);
    }

    @Test
    void the_networks_that_are_always_there_are_listed_as_docker_lists_them() {
        assertEquals(0, racker.run("network", "ls"));
        List<String> lines = racker.out().lines().toList();
        assertEquals("NETWORK ID     NAME     DRIVER   SCOPE", lines.get(0));
        assertTrue(lines.get(1).matches("[0-9a-f]{12}   bridge   bridge   local"), lines.get(1));
        assertTrue(lines.get(2).matches("[0-9a-f]{12}   host     host     local"), lines.get(2));
        assertTrue(lines.get(3).matches("[0-9a-f]{12}   none     null     local"), lines.get(3));
    }

    @Test
    void a_network_is_made_shown_filtered_and_removed() {
        assertEquals(0, racker.run("network", "create", "--label=a=b", "--subnet=10.211.0.0/16", "front"));
        String id = racker.out().strip();
        assertTrue(id.matches("[0-9a-f]{64}"), id);
        assertEquals(1, racker.run("network", "create", "front"));
        assertTrue(racker.err().contains("network with name front already exists"), racker.err());

        assertEquals(0, racker.run("network", "ls", "--filter=label=a=b", "--no-trunc", "-q"));
        assertEquals(id + "\n", racker.out());
        assertEquals(0, racker.run("network", "ls", "--filter=type=custom", "--format={{.Name}} {{.Labels}}"));
        assertEquals("front a=b\n", racker.out());
        assertEquals(0, racker.run("network", "ls", "-q", "-f", "driver=null"));
        assertEquals(1, racker.out().lines().count());
        assertEquals(1, racker.run("network", "ls", "--filter=colour=red"));

        assertEquals(0, racker.run("network", "inspect", "--format={{(index .IPAM.Config 0).Gateway}}", "front"));
        assertEquals("10.211.0.1\n", racker.out());
        assertEquals(0, racker.run("network", "inspect", id.substring(0, 12)));
        assertTrue(racker.out().startsWith("[\n    {\n        \"Name\": \"front\",\n        \"Id\": \"" + id));
        assertEquals(1, racker.run("network", "inspect", "nope"));
        assertEquals("[]\n", racker.out());

        assertEquals(0, racker.run("network", "rm", "front"));
        assertEquals("front\n", racker.out());
        assertEquals(1, racker.run("network", "rm", "front"));
        assertEquals(0, racker.run("network", "rm", "-f", "front"));
        assertEquals(1, racker.run("network", "rm", "host"));
    }

    @Test
    void what_no_machine_uses_is_pruned_and_what_the_filter_spares_is_not() {
        racker.run("network", "create", "--label=keep", "one");
        racker.run("network", "create", "two");

        assertEquals(0, racker.run("network", "prune", "-f", "--filter=until=1h"));
        assertEquals("", racker.out());
        assertEquals(0, racker.run("network", "prune", "-f", "--filter=label!=keep"));
        assertEquals("Deleted Networks:\ntwo\n\n", racker.out());
    }

    @Test
    void what_happens_to_networks_and_volumes_is_told_as_events() {
        racker.run("network", "create", "one");
        racker.run("volume", "create", "data");
        racker.run("volume", "create", "data");
        racker.run("network", "rm", "one");
        racker.run("system", "prune", "--force");
        racker.run("volume", "rm", "data");

        String format = "--format={{.Type}} {{.Action}} {{.Actor.Attributes.name}}";
        assertEquals(0, racker.run("events", "--since=0", "--until=0s", format));
        assertEquals(
                List.of(
                        "network create one",
                        "volume create <no value>",
                        "network destroy one",
                        "container prune <no value>",
                        "network prune <no value>",
                        "image prune <no value>",
                        "volume destroy <no value>"),
                racker.out().lines().toList());
        assertEquals(
                0, racker.run("events", "--since=0", "--until=0s", "--filter=volume=data", "--filter=event=create"));
        assertTrue(racker.out().matches("[-0-9T:.Z+]+ volume create data \\(driver=local\\)\n"), racker.out());
        assertEquals(1, racker.run("events", "--until=0s", "--filter=colour=red"));
    }

    @Test
    void wrong_options_and_containers_that_are_not_there_fail_as_with_docker() {
        assertEquals(1, racker.run("network", "create", "--driver=overlay", "x"));
        assertTrue(racker.err().contains("\"overlay\""), racker.err());
        assertEquals(1, racker.run("network", "create", "--subnet=nonsense", "x"));
        assertEquals(125, racker.run("network", "create", "--nonsense", "x"));
        assertEquals(1, racker.run("network", "connect", "bridge", "nope"));
        assertTrue(racker.err().contains("No such container: nope"), racker.err());
        assertEquals(1, racker.run("network", "disconnect", "bridge", "nope"));
        assertEquals(1, racker.run("port", "nope"));
    }

    @Test
    void published_ports_are_printed_as_docker_prints_them() throws IOException {
        StorePaths paths = new StorePaths(
                new StateDirectories(directory.resolve("state"), directory.resolve("cache"), directory.resolve("run")));
        new ContainerStore(paths, new CommandRunner())
                .create(
                        new ContainerRecord(
                                "0123456789ab", "web", "image", List.of(), List.of(), Instant.EPOCH, false, Map.of()),
                        "{}".getBytes(StandardCharsets.US_ASCII));
        Path ports = Files.createDirectories(directory.resolve("run/network/ports"));

        assertEquals(0, racker.run("port", "web"));
        assertEquals("", racker.out());
        assertEquals(1, racker.run("port", "web", "80"));
        assertTrue(racker.err().contains("No public port '80/tcp' published for web"), racker.err());
        Files.writeString(ports.resolve("0123456789ab"), "8080:80/tcp\n127.0.0.1:53-54:153-154/udp\n");
        assertEquals(0, racker.run("port", "web"));
        assertEquals("80/tcp -> 0.0.0.0:8080\n153/udp -> 127.0.0.1:53\n154/udp -> 127.0.0.1:54\n", racker.out());
        assertEquals(0, racker.run("port", "0123", "154/udp"));
        assertEquals("127.0.0.1:54\n", racker.out());
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.json.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is told of containers that stay: ps, inspect, attach, events, prune. */
class KeptViewsIT {

    private static TestRacker racker;
    private static String image;

    @BeforeAll
    static void pull() throws Exception {
        racker = TestRacker.create();
        image = TestArchives.debian().toString();
        racker.run("pull", image).ok();
    }

    @AfterAll
    static void remove() throws Exception {
        racker.close();
    }

    @AfterEach
    void removeContainers() throws Exception {
        for (String id : racker.run("ps", "-aq").ok().lines().toList()) {
            racker.run("rm", "-f", id).ok();
        }
    }

    private static String unbooted(String name, String... command) throws Exception {
        return start(name, List.of("--systemd=false"), command);
    }

    private static String start(String name, List<String> options, String... command) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of("run", "-d", "--network=none", "--name", name));
        words.addAll(options);
        words.add(image);
        words.addAll(List.of(command));
        return racker.run(words.toArray(String[]::new)).ok().strip();
    }

    private static JsonNode inspect(String name) throws Exception {
        JsonNode all = Json.tree(racker.run("inspect", name).ok().getBytes(StandardCharsets.UTF_8));
        assertEquals(1, all.size());
        return all.get(0);
    }

    @Test
    void a_list_tells_how_containers_are_and_leaves_out_what_does_not_fit() throws Exception {
        String running = start("first", List.of("--label", "tier=web"));
        String ended = unbooted("second", "sh", "-c", "exit 3");
        racker.run("wait", "second").ok();
        racker.run("create", "--name", "third", image).ok();

        assertTrue(running.matches("[0-9a-f]{64}"), running);
        List<String> lines = racker.run("ps", "-a").ok().lines().toList();
        assertTrue(lines.get(0).matches("CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES"), lines.get(0));
        assertEquals(
                List.of("third", "second", "first"),
                lines.stream()
                        .skip(1)
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                        .toList());
        assertTrue(lines.get(1).contains("   Created   "), lines.get(1));
        assertTrue(lines.get(2).matches(".* Exited \\(3\\) .* ago .*"), lines.get(2));
        assertTrue(lines.get(3).matches(".* Up (\\d+ seconds?|Less than a second) .*"), lines.get(3));
        assertEquals(running.substring(0, 12), racker.run("ps", "-q").ok().strip());
        assertEquals(running, racker.run("ps", "-q", "--no-trunc").ok().strip());
        assertEquals(
                ended.substring(0, 12),
                racker.run("ps", "-aq", "--filter", "exited=3").ok().strip());
        assertEquals(
                "third created\n",
                racker.run("ps", "-l", "--format", "{{.Names}} {{.State}}").ok());
        assertEquals(
                "first tier=web none\n",
                racker.run("ps", "--filter", "label=tier=web", "--format", "{{.Names}} {{.Labels}} {{.Networks}}")
                        .ok());
        assertEquals("", racker.run("ps", "-aq", "--filter", "before=first").ok());
        Result wrong = racker.run("ps", "--filter", "colour=red");
        assertEquals(1, wrong.status());
        assertTrue(wrong.err().contains("invalid filter 'colour'"), wrong.err());
    }

    @Test
    void inspection_tells_everything_in_dockers_structure() throws Exception {
        String id = unbooted("seen", "sleep", "100");
        JsonNode seen = inspect("seen");

        assertEquals(id, seen.path("Id").asString());
        assertEquals("/seen", seen.path("Name").asString());
        assertEquals("running", seen.path("State").path("Status").asString());
        assertTrue(Files.isDirectory(
                Path.of("/proc/" + seen.path("State").path("Pid").asInt())));
        assertEquals("[\"sleep\",\"100\"]", seen.path("Config").path("Cmd").toString());
        assertEquals("none", seen.path("HostConfig").path("NetworkMode").asString());
        assertFalse(seen.path("Racker").path("Boots").asBoolean());
        assertEquals(
                "--systemd=false asks for it",
                seen.path("Racker").path("Reason").asString());
        assertEquals(
                TestRacker.MACHINED ? "machined" : "direct",
                seen.path("Racker").path("ControlPlane").asString());
        racker.run("kill", "seen").ok();
        assertEquals(
                "exited 137\n",
                racker.run("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "seen")
                        .ok());
        assertTrue(racker.run("inspect", image).ok().contains("\"RepoTags\""));
        Result missing = racker.run("inspect", "nobody");
        assertEquals(1, missing.status());
        assertEquals("[]\n", missing.out());
        assertTrue(missing.err().contains("No such object: nobody"), missing.err());
    }

    @Test
    void who_attaches_reads_and_writes_and_gets_the_exit_status() throws Exception {
        start(
                "talker",
                List.of("-i", "--systemd=false"),
                "sh",
                "-c",
                "while read -r line; do echo \"got $line\"; echo no >&2; [ \"$line\" != end ] || exit 9; done");

        Result talk = TestRacker.finish(
                racker.start("attach", "talker"),
                new ByteArrayInputStream("one\nend\n".getBytes(StandardCharsets.UTF_8)));

        assertEquals(9, talk.status(), talk::toString);
        assertEquals("got one\ngot end\n", talk.out());
        assertEquals("no\nno\n", talk.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--systemd=false", "--systemd=always"})
    void what_is_made_to_read_reads_to_the_end_of_what_the_first_one_gives_it(String systemd) throws Exception {
        String script = "cat; echo over; exit 6";
        racker.run("create", "-i", "--name=reader", "--network=none", systemd, image, "sh", "-c", script)
                .ok();
        assertEquals(
                "true\n",
                racker.run("inspect", "-f", "{{.Config.StdinOnce}}", "reader").ok());
        racker.run("start", "reader").ok();

        Result attached = racker.run("hi\n".getBytes(StandardCharsets.UTF_8), "attach", "reader");

        assertEquals(6, attached.status(), attached::toString);
        assertEquals("hi\nover\n", attached.out());
        Result again = racker.run("there\n".getBytes(StandardCharsets.UTF_8), "start", "-ai", "reader");
        assertEquals(6, again.status(), again::toString);
        assertEquals("there\nover\n", again.out());
    }

    @Test
    void what_reads_in_the_background_may_be_given_more_by_the_next_one() throws Exception {
        start(
                "reader",
                List.of("-i", "--systemd=false"),
                "sh",
                "-c",
                "while read -r line; do echo \"got $line\"; done");
        for (String line : List.of("one", "two")) {
            Process attached = racker.start("attach", "reader");
            attached.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            attached.getOutputStream().close();
            assertEquals("got " + line, attached.inputReader().readLine());
            racker.signal("KILL", attached);
            attached.waitFor();
        }
        assertEquals("got one\ngot two\n", racker.run("logs", "reader").ok());
    }

    @Test
    void the_logs_of_a_terminal_are_what_it_has_shown() throws Exception {
        start("shown", List.of("-t", "--systemd=false"), "sh", "-c", "tty; exit 4");

        assertEquals("4\n", racker.run("wait", "shown").ok());
        assertTrue(
                racker.run("logs", "shown").ok().matches("/dev/[a-z0-9/]+\r\n"), racker.run("logs", "shown")::toString);
        assertEquals(125, racker.run("logs", "-t", "shown").status());
    }

    @Test
    void events_tell_what_has_happened_and_prune_removes_what_does_not_run() throws Exception {
        Process events = racker.start("events", "--since", "0", "--format", "{{.Actor.Attributes.name}} {{.Action}}");
        unbooted("living", "sleep", "100");
        unbooted("dead", "false");
        racker.run("wait", "dead").ok();
        racker.run("pause", "living").ok();
        racker.run("unpause", "living").ok();
        racker.run("run", "--rm", "--name", "passing", "--network=none", "--systemd=false", image, "true")
                .ok();

        assertEquals(1, racker.run("container", "ls", "-q").ok().lines().count());
        String pruned = racker.run("container", "prune", "-f").ok();
        assertTrue(pruned.startsWith("Deleted Containers:\n"), pruned);
        assertTrue(pruned.contains("Total reclaimed space: "), pruned);
        assertEquals(
                "living\n",
                racker.run("container", "ls", "-a", "--format", "{{.Names}}").ok());

        List<String> all = racker.run(
                        "events",
                        "--since",
                        "0",
                        "--until",
                        "0s",
                        "--format",
                        "{{.Actor.Attributes.name}} {{.Action}} {{.Actor.Attributes.exitCode}}")
                .ok()
                .lines()
                .toList();
        assertTrue(
                all.containsAll(List.of(
                        "living create <no value>",
                        "living start <no value>",
                        "dead die 1",
                        "living pause <no value>",
                        "living unpause <no value>",
                        "passing die 0",
                        "passing destroy <no value>",
                        "dead destroy <no value>")),
                all::toString);
        racker.signal("INT", events);
        Result followed = TestRacker.finish(events, new ByteArrayInputStream(new byte[0]));
        assertEquals(130, followed.status());
        assertTrue(followed.out().contains("dead die\n"), followed.out());
    }

    @Test
    void events_follow_a_container_from_its_making_to_its_end() throws Exception {
        String id = start(
                "eventful",
                List.of(
                        "--systemd=false",
                        "--volume=eventful:/v",
                        "--health-cmd=test -e /ok",
                        "--health-interval=100ms",
                        "--health-retries=1"),
                "sleep",
                "100");
        TestRacker.eventually("the failure", () -> told("event=health_status").contains("unhealthy"));
        assertEquals(
                4,
                racker.run("exec", "eventful", "sh", "-c", "touch /ok; exit 4").status());
        TestRacker.eventually("the recovery", () -> told("event=health_status").contains(": healthy"));
        racker.run("rename", "eventful", "later").ok();
        racker.run("restart", "--time=0", "later").ok();
        racker.run("rm", "-f", "later").ok();
        racker.run("volume", "rm", "eventful").ok();

        List<String> all = told("container=" + id).lines().toList();
        List<String> known =
                all.stream().filter(line -> !line.contains("health_status")).toList();
        assertEquals(
                List.of(
                        "container create",
                        "volume mount",
                        "container start",
                        "container exec_create: sh -c touch /ok; exit 4",
                        "container exec_start: sh -c touch /ok; exit 4",
                        "container exec_die 4",
                        "container rename",
                        "container kill",
                        "container die 137",
                        "volume unmount",
                        "container stop",
                        "volume mount",
                        "container start",
                        "container restart",
                        "container kill",
                        "container die 137",
                        "volume unmount",
                        "container destroy"),
                known);
        assertTrue(told("container=later").contains("die 137"));
        assertEquals("volume create\n", told("volume=eventful").substring(0, 14));
        assertTrue(told("volume=eventful").endsWith("volume destroy\n"));
    }

    /** Type, action, and exit status if any, of all events that a filter lets pass. */
    private static String told(String filter) {
        String format = "{{.Type}} {{.Action}}{{with .Actor.Attributes.exitCode}} {{.}}{{end}}";
        try {
            return racker.run("events", "--since=0", "--until=0s", "--filter", filter, "--format", format)
                    .ok();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void events_tell_of_images_by_the_names_that_they_get_and_lose() throws Exception {
        racker.run("tag", image, "app:1").ok();
        racker.run("rmi", "app:1").ok();

        assertEquals("image tag\nimage untag\n", told("image=app"));
        assertTrue(told("type=image").startsWith("image pull\n"), told("type=image"));
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
        unbooted("living", "sleep", "100");
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

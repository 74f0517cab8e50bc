package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code racker events} tells of containers, volumes and images. */
class EventsIT extends KeptCase {

    EventsIT(TestRacker racker) throws Exception {
        super(racker);
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
        eventually("the failure", () -> told("event=health_status").contains("unhealthy"));
        assertEquals(
                4,
                racker.run("exec", "eventful", "sh", "-c", "touch /ok; exit 4").status());
        eventually("the recovery", () -> told("event=health_status").contains(": healthy"));
        racker.run("top", "eventful").ok();
        racker.run(
                        "cp",
                        "eventful:/etc/hostname",
                        racker.files().resolve("hostname").toString())
                .ok();
        racker.run("rename", "eventful", "eventually").ok();
        racker.run("restart", "--time=0", "eventually").ok();
        racker.run("rm", "-f", "eventually").ok();
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
                        "container top",
                        "container archive-path",
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
        assertTrue(told("container=eventually").contains("die 137"));
        assertEquals("volume create\n", told("volume=eventful").substring(0, 14));
        assertTrue(told("volume=eventful").endsWith("volume destroy\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --systemd=false", "run --systemd=always", "create --systemd=false"})
    void the_end_of_what_goes_with_a_racker_that_is_killed_is_told(String how) throws Exception {
        List<String> words = new ArrayList<>(List.of(how.split(" ")));
        words.addAll(List.of("--rm", "--name=gone", "--network=none", image, "sh", "-c", "echo up; exec sleep 100"));
        Process started = racker.start(words.toArray(String[]::new));
        if (words.get(0).equals("create")) {
            started.waitFor();
            started = racker.start("start", "-a", "gone");
        }
        assertEquals("up", started.inputReader().readLine());
        String id = racker.run("ps", "-q", "--no-trunc").ok().strip();
        racker.signal("KILL", started);

        eventually("the last event", () -> told("container=" + id).contains("destroy"));
        assertEquals(
                List.of(
                        "container create",
                        "container attach",
                        "container start",
                        "container die 137",
                        "container destroy"),
                told("container=" + id).lines().toList());
        eventually("the end", () -> racker.leftovers().isEmpty());
    }

    /** Type, action, and exit status if any, of all events that a filter lets pass. */
    private String told(String filter) throws Exception {
        String format = "{{.Type}} {{.Action}}{{with .Actor.Attributes.exitCode}} {{.}}{{end}}";
        return racker.run("events", "--since=0", "--until=0s", "--filter", filter, "--format", format)
                .ok();
    }

    @Test
    void events_tell_of_images_by_the_names_that_they_get_and_lose() throws Exception {
        racker.run("tag", image, "app:1").ok();
        racker.run("rmi", "app:1").ok();

        assertEquals("image tag\nimage untag\n", told("image=app"));
        assertTrue(told("type=image").startsWith("image pull\n"), told("type=image"));
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is told of containers that stay: ps, inspect, attach, logs. */
class KeptViewsIT extends KeptCase {

    KeptViewsIT(TestRacker racker) throws Exception {
        super(racker);
    }

    private JsonNode inspect(String name) throws Exception {
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
        assertEquals(
                "none\n",
                racker.run("inspect", "-f", "{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}", "seen")
                        .ok());
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

    @ParameterizedTest
    @ValueSource(strings = {"--systemd=false", "--systemd=always"})
    void what_is_printed_in_the_foreground_is_shown_byte_by_byte_and_kept(String systemd) throws Exception {
        String script = "printf 'one\\n\\377'; echo no >&2; [ -p /dev/stdout ]; echo $? >/dev/stderr; exit 5";
        Result shown = racker.run("run", "--name=shown", "--network=none", systemd, image, "sh", "-c", script);

        assertEquals(5, shown.status(), shown::toString);
        assertArrayEquals(new byte[] {'o', 'n', 'e', '\n', (byte) 0xff}, shown.bytes());
        assertEquals("no\n0\n", shown.err());
        Result logs = racker.run("logs", "shown");
        assertEquals("one\n\ufffd\n", logs.out());
        assertEquals("no\n0\n", logs.err());
        assertEquals(5, racker.run("start", "-a", "shown").status());
        assertEquals("no\n0\nno\n0\n", racker.run("logs", "shown").err());
    }

    @Test
    void what_is_made_with_a_terminal_and_run_without_one_is_kept_too() throws Exception {
        racker.run("run", "-t", "--name=bare", "--network=none", "--systemd=false", image, "echo", "hi")
                .ok();

        assertEquals("hi\n", racker.run("logs", "bare").ok().replace("\r", ""));
    }

    @Test
    void the_logs_of_a_terminal_are_what_it_has_shown() throws Exception {
        start("shown", List.of("-t", "--systemd=false"), "sh", "-c", "tty; exit 4");

        assertEquals("4\n", racker.run("wait", "shown").ok());
        assertTrue(
                racker.run("logs", "shown").ok().matches("/dev/[a-z0-9/]+\r\n"), racker.run("logs", "shown")::toString);
        assertEquals(125, racker.run("logs", "-t", "shown").status());
    }
}

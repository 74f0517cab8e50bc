package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.process.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Networks of machines of a busybox that boots nothing, on the host's own network. */
@ExtendWith(TestRacker.Shared.class)
class NetworkIT {

    private final TestRacker racker;
    private final String busybox;

    NetworkIT(TestRacker racker) throws Exception {
        this.racker = racker;
        this.busybox = racker.busybox();
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        racker.run("network", "prune", "--force").ok();
        assertFalse(rules().contains("racker:"), rules());
        for (String directory : List.of("members", "ports", "rules", "networks", "names")) {
            Path left = racker.runDirectory().resolve("network").resolve(directory);
            assertTrue(Files.notExists(left) || left.toFile().list().length == 0, left.toString());
        }
    }

    @Test
    void machines_find_each_other_by_name_and_the_host_reaches_a_published_port_on_its_localhost() throws Exception {
        String network = racker.run("network", "create", "front").ok().strip();
        int port = freePort();
        serve("web", "--network=front:alias=www", "--dns=127.0.0.1", "-p", port + ":80");
        racker.run("run", "-d", "--name=two", busybox, "sleep", "600").ok();
        String address = inspect("web");

        assertEquals("busybox\n", get("127.0.0.1", port));
        assertEquals("busybox\n", get(InetAddress.getByName("localhost").getHostAddress(), port));
        assertEquals(
                "80/tcp -> 0.0.0.0:" + port + "\n", racker.run("port", "web").ok());

        racker.run("network", "connect", "--alias=second", "front", "two").ok();
        assertTrue(lookup("two", "www").ok().contains("Address: " + address), lookup("two", "www")::toString);
        assertTrue(lookup("web", "second").ok().contains("Address: "));
        for (String id : racker.run("ps", "-q", "--no-trunc").ok().split("\n")) {
            String whole = racker.run("network", "inspect", "front").ok();
            assertTrue(whole.contains("\"" + id + "\": {"), whole);
            String format = "{{(index .NetworkSettings.Networks \"front\").EndpointID}}";
            String endpoint = racker.run("inspect", "-f", format, id).ok().strip();
            assertEquals(64, endpoint.length(), endpoint);
            assertTrue(whole.contains(endpoint), whole);
        }
        assertTrue(racker.run("network", "rm", "front").err().contains("has active endpoints: "));
        assertEquals(2, ownLines("two"));

        racker.run("network", "disconnect", "front", "two").ok();
        assertEquals(1, ownLines("two"));
        assertNotEquals(0, lookup("web", "second").status());

        racker.run("stop", "--time=0", "two").ok();
        racker.run("network", "connect", "front", "two").ok();
        racker.run("start", "two").ok();
        assertTrue(lookup("web", "two").ok().contains("Address: "));

        Result taken = racker.run("run", "--rm", "-p", port + ":81", busybox, "true");
        assertEquals(125, taken.status());
        assertTrue(
                taken.err().contains("Tried to publish port " + port + "/tcp of the host, but machine "), taken.err());

        racker.run("rm", "-f", "web", "two").ok();
        assertEquals("front\n", racker.run("network", "rm", "front").ok());
        String filter = "--filter=network=" + network;
        assertEquals(
                "create connect connect disconnect connect disconnect disconnect destroy ",
                racker.run("events", "--since=0", "--until=0s", filter, "--format={{.Action}}")
                        .ok()
                        .replace('\n', ' '));
    }

    /** How many addresses its own name stands for. */
    private long ownLines(String container) throws Exception {
        String hosts = racker.run("exec", container, "cat", "/etc/hosts").ok();
        return hosts.lines().filter(line -> line.endsWith("\t" + container)).count();
    }

    @Test
    void a_port_that_a_program_of_the_host_has_is_named_before_anything_runs() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = holder.getLocalPort();
            Result result = racker.run("run", "--rm", "-p", port + ":80", busybox, "echo", "ran");

            assertEquals(125, result.status());
            assertEquals("", result.out());
            assertTrue(result.err().contains(port + "/tcp of the host, but it is in use already"), result.err());
        }
    }

    @Test
    void nothing_is_left_of_networks_when_the_owner_is_killed() throws Exception {
        racker.run("network", "create", "front").ok();
        int port = freePort();
        Process owner = racker.start(
                "run",
                "--rm",
                "--network=front",
                "--network=bridge",
                "-p",
                port + ":80",
                busybox,
                "sh",
                "-c",
                "echo up; sleep 600");
        assertEquals('u', owner.getInputStream().read());
        assertTrue(rules().contains("racker:"));

        owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        racker.run("ps").ok(); // who was killed may have left something to the next command
    }

    private void serve(String name, String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of("run", "-d", "--name=" + name));
        line.addAll(List.of(options));
        line.addAll(List.of(busybox, "busybox", "httpd", "-f", "-p", "80", "-h", "/etc"));
        racker.run(line.toArray(String[]::new)).ok();
    }

    private Result lookup(String container, String name) throws Exception {
        return racker.run("exec", container, "busybox", "nslookup", name);
    }

    private String inspect(String container) throws Exception {
        String format = "{{range .Containers}}{{if eq .Name \"" + container + "\"}}{{.IPv4Address}}{{end}}{{end}}";
        return racker.run("network", "inspect", "--format", format, "front")
                .ok()
                .strip()
                .split("/")[0];
    }

    /** What a machine's web server has; it may not listen yet. */
    private static String get(String address, int port) throws InterruptedException {
        StringBuilder answer = new StringBuilder();
        eventually("an answer on port " + port, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 1000);
                socket.setSoTimeout(1000);
                socket.getOutputStream().write("GET /marker HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                answer.append(all.substring(all.indexOf("\r\n\r\n") + 4));
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return answer.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String rules() {
        return racker.runner().run(Command.of("iptables-save")).text();
    }
}

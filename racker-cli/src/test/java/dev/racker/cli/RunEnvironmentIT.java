package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the command of {@code racker run} finds in a booted machine: user, variables, files, capabilities, networks. */
class RunEnvironmentIT extends BootedCase {

    RunEnvironmentIT(TestRacker racker) throws Exception {
        super(racker);
    }

    @Test
    void environment_user_directory_and_host_name_are_set() throws Exception {
        Path file = Files.writeString(racker.files().resolve("env"), "FROM_FILE=a b\nB=file\n");

        String out = run(
                        "-e",
                        "A=x y",
                        "-e",
                        "B=$HOME %h \"q\"",
                        "-e",
                        "PASSED_ON",
                        "--env-file",
                        file.toString(),
                        "-u",
                        "nobody:daemon",
                        "-w",
                        "/made/for this",
                        "--hostname",
                        "box",
                        "IMG",
                        "sh",
                        "-c",
                        "echo \"$A|$B|$PASSED_ON|$FROM_FILE\"; id -un; id -gn; pwd; cat /etc/hostname; hostname; "
                                + "echo $HOSTNAME")
                .ok();

        assertEquals("x y|$HOME %h \"q\"|from outside|a b\nnobody\ndaemon\n/made/for this\nbox\nbox\nbox\n", out);
    }

    @Test
    void a_user_may_be_a_number_that_nobody_has() throws Exception {
        assertEquals(
                "1234:0\n",
                run("-u", "1234", "IMG", "sh", "-c", "echo $(id -u):$(id -g)").ok());
        assertEquals(
                "1234:5678\n",
                run("-u", "1234:5678", "IMG", "sh", "-c", "echo $(id -u):$(id -g)")
                        .ok());
    }

    @Test
    void an_unknown_user_fails() throws Exception {
        Result result = run("-u", "nosuchuser", "IMG", "true");

        assertEquals(125, result.status());
        assertTrue(result.err().contains("\"nosuchuser\""), result.err());
    }

    @Test
    void volumes_are_seen_and_belong_to_the_same_owners() throws Exception {
        Path shared = Files.createDirectories(racker.files().resolve("a shared: dir"));
        Files.writeString(shared.resolve("in"), "from outside\n");
        racker.tool("chown", "0:0", shared.toString());
        Path locked = Files.createDirectories(racker.files().resolve("locked"));
        Path file = Files.writeString(racker.files().resolve("file"), "one file\n");
        Path made = racker.files().resolve("made");

        Result result = run(
                "--mount",
                "type=bind,source=" + shared + ",target=/mnt/shared",
                "-v",
                locked + ":/mnt/locked:ro",
                "-v",
                file + ":/mnt/file",
                "-v",
                made + ":/mnt/made",
                "IMG",
                "sh",
                "-c",
                "cat /mnt/shared/in /mnt/file; stat -c %u:%g /mnt/shared/in; echo inside >/mnt/shared/out; "
                        + "chown daemon /mnt/shared/out; echo made >/mnt/made/x; touch /mnt/locked/x");

        assertEquals("from outside\none file\n0:0\n", result.out(), result.err());
        assertTrue(result.err().contains("Read-only file system"), result.err());
        assertEquals("inside\n", Files.readString(shared.resolve("out")));
        assertEquals(1, Files.getAttribute(shared.resolve("out"), "unix:uid"));
        assertEquals(0, Files.getAttribute(made.resolve("x"), "unix:uid"));
        assertFalse(Files.exists(locked.resolve("x")));
    }

    @Test
    void file_systems_in_memory_are_mounted() throws Exception {
        assertEquals(
                "tmpfs 1024\ntmpfs\n",
                run(
                                "--tmpfs",
                                "/a:size=1m",
                                "--mount",
                                "type=tmpfs,target=/b",
                                "IMG",
                                "sh",
                                "-c",
                                "awk '$5 == \"/a\" || $5 == \"/b\"' /proc/self/mountinfo >/dev/null; "
                                        + "df --output=fstype,size /a | tail -n 1 | tr -s ' '; "
                                        + "df --output=fstype /b | tail -n 1")
                        .ok());
    }

    @Test
    void root_inside_is_nobody_outside_unless_asked_for() throws Exception {
        String map = "set -- $(cat /proc/self/uid_map); echo $2";

        assertEquals("524288\n", run("IMG", "sh", "-c", map).ok());
        assertEquals("0\n", run("--userns=host", "IMG", "sh", "-c", map).ok());
    }

    @Test
    void privileged_keeps_all_capabilities() throws Exception {
        String bounding = "grep CapBnd /proc/self/status | cut -f 2";
        String all = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("CapBnd"))
                .findFirst()
                .orElseThrow()
                .substring("CapBnd:\t".length());

        assertEquals(
                all + "\n", run("--privileged", "IMG", "sh", "-c", bounding).ok());
        assertFalse(run("IMG", "sh", "-c", bounding).ok().contains(all));
    }

    @Test
    void on_no_network_there_is_loopback_alone() throws Exception {
        assertEquals(
                "lo\n", run("--network=none", "IMG", "ls", "/sys/class/net").ok());
    }

    @Test
    void on_a_bridge_there_are_an_address_a_route_and_name_servers() throws Exception {
        String[] out = run(
                        "--network=bridge",
                        "IMG",
                        "sh",
                        "-c",
                        "hostname -I; awk '$2 == \"00000000\" { print $1 }' /proc/net/route; cat /etc/resolv.conf; "
                                + "getent hosts \"$(hostname)\"")
                .ok()
                .split("\n");

        String address = out[0].strip().split(" ")[0];
        assertTrue(address.matches("\\d+\\.\\d+\\.\\d+\\.\\d+"), String.join("\n", out));
        assertEquals("eth0", out[1]);
        assertTrue(String.join("\n", out).contains("\nnameserver "), String.join("\n", out));
        assertTrue(out[out.length - 1].startsWith(address + " "), String.join("\n", out));
    }

    @Test
    void a_name_server_can_be_given() throws Exception {
        assertTrue(run("--network=bridge", "--dns=192.0.2.53", "IMG", "cat", "/etc/resolv.conf")
                .ok()
                .contains("nameserver 192.0.2.53\n"));
    }

    @Test
    void on_the_hosts_network_its_links_are_seen_and_that_is_said() throws Exception {
        Set<String> links = links();
        Result result = run("--network=host", "IMG", "cat", "/proc/net/dev");
        links.retainAll(links()); // those of other machines come and go

        assertTrue(links.contains("lo:"), links.toString());
        for (String link : links) {
            assertTrue(result.ok().contains(link), () -> link + "\n" + result);
        }
        assertTrue(result.err().startsWith("Without a user namespace, because --network=host"), result.err());
    }

    private static Set<String> links() throws IOException {
        Set<String> links = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/net/dev"))) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                links.add(line.substring(0, colon + 1).strip());
            }
        }
        return links;
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Volumes and binds in real machines: of a busybox that boots nothing, and once of a Debian that does. */
@ExtendWith(TestRacker.Own.class)
class VolumesIT {

    private static String busybox;

    private final TestRacker racker;

    VolumesIT(TestRacker racker) {
        this.racker = racker;
    }

    @BeforeAll
    static void pull(TestRacker racker) throws Exception {
        Path tree = TestArchives.busybox(racker.files().resolve("tree"));
        for (String name : new String[] {"chown", "touch", "stat", "readlink"}) {
            Path link = tree.resolve("bin").resolve(name);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of("/bin/busybox"));
            }
        }
        Path data = Files.createDirectories(tree.resolve("srv/data"));
        Files.writeString(data.resolve("of image"), "content\n");
        Files.createLink(data.resolve("same"), data.resolve("of image"));
        Files.setAttribute(data.resolve("of image"), "unix:uid", 105);
        Files.setAttribute(data, "unix:uid", 7);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
        busybox = "docker-archive:" + archive(racker, tree);
        racker.run("pull", busybox).ok();
    }

    /** With the owners of the tree, and with a directory that wants to be a volume. */
    private static Path archive(TestRacker racker, Path tree) {
        String image = tree.resolveSibling("oci") + ":latest";
        String tar = tree.resolveSibling("tree.tar").toString();
        racker.tool("tar", "-C", tree.toString(), "-cf", tar, ".");
        racker.tool("umoci", "init", "--layout", tree.resolveSibling("oci").toString());
        racker.tool("umoci", "new", "--image", image);
        racker.tool("umoci", "raw", "add-layer", "--image", image, tar);
        racker.tool("umoci", "config", "--image", image, "--config.volume", "/srv/wanted");
        Path archive = tree.resolveSibling("image.tar");
        racker.tool("skopeo", "copy", "oci:" + image, "docker-archive:" + archive + ":volumes:1");
        return archive;
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        assertEquals(List.of(), children(racker.state().resolve("ephemeral-volumes")));
        assertEquals(List.of(), unnamed());
    }

    private List<Path> unnamed() throws Exception {
        List<Path> volumes = children(racker.state().resolve("volumes"));
        volumes.removeIf(volume -> volume.getFileName().toString().length() < 64);
        return volumes;
    }

    private static List<Path> children(Path directory) throws Exception {
        List<Path> children = new ArrayList<>();
        if (Files.exists(directory)) {
            try (var list = Files.list(directory)) {
                list.forEach(children::add);
            }
        }
        return children;
    }

    private Result run(String options, String script) throws Exception {
        List<String> line = new ArrayList<>(List.of("run", "--network=none"));
        line.addAll(List.of(options.split(" ")));
        line.addAll(List.of(busybox, "sh", "-c", script));
        return racker.run(line.toArray(String[]::new));
    }

    private Path content(String volume) throws Exception {
        return Path.of(racker.run("volume", "inspect", "--format", "{{.Mountpoint}}", volume)
                .ok()
                .strip());
    }

    @Test
    void a_volume_outlives_machines_and_its_owners_are_those_inside() throws Exception {
        run("--rm -v data:/v", "echo kept >/v/file; chown 105:106 /v/file").ok();

        assertEquals(105, Files.getAttribute(content("data").resolve("file"), "unix:uid"));
        assertEquals(
                "kept 105:106\n",
                run("--rm -v data:/v:ro", "echo $(cat /v/file) $(stat -c %u:%g /v/file)")
                        .ok());
        assertEquals(
                "105 0\n",
                run("--rm --userns=host -v data:/v", "touch /v/root; echo $(stat -c %u /v/file /v/root)")
                        .ok());
        assertTrue(run("--rm -v data:/v:ro", "touch /v/file").err().contains("Read-only"));
    }

    @Test
    void a_new_volume_gets_what_the_image_has_there_with_its_owners() throws Exception {
        assertEquals(
                "content\n7:0 750\n105 2\n",
                run(
                                "--rm -v filled:/srv/data",
                                "cd /srv/data; cat same; stat -c '%u:%g %a' .; stat -c '%u %h' 'of image'")
                        .ok());
        assertEquals(105, Files.getAttribute(content("filled").resolve("of image"), "unix:uid"));
        assertEquals(
                "0\n",
                run("--rm -v other:/srv/data:nocopy", "ls /srv/data | grep -c .")
                        .out());
        run("--rm -v filled:/srv/data", "echo changed >/srv/data/same").ok();
        assertEquals(
                "changed\n",
                run("--rm -v filled:/srv/data", "cat /srv/data/same").ok());
    }

    @Test
    void volumes_that_nobody_names_go_with_a_container_that_goes() throws Exception {
        String mounts = "grep -c -E ' /(anonymous|srv/wanted) ' /proc/mounts; echo x >/srv/wanted/x; ls /srv/wanted";
        assertEquals("2\nx\n", run("--rm -v /anonymous", mounts).ok());
        assertEquals(List.of(), unnamed());

        run("--name keeper -v /anonymous", mounts).ok();
        run("--name unnamed", "true").ok();
        assertEquals(3, unnamed().size());
        assertEquals(
                "Total reclaimed space: 0B\n",
                racker.run("volume", "prune", "--force").ok());
        racker.run("rm", "--volumes", "keeper").ok();
        assertEquals(1, unnamed().size());
        racker.run("rm", "unnamed").ok();
        String volume = unnamed().get(0).getFileName().toString();
        assertEquals(
                volume + "\n",
                racker.run("volume", "ls", "-q", "-f", "dangling=true", "-f", "name=" + volume)
                        .ok());
        assertTrue(racker.run("volume", "prune", "--force").ok().startsWith("Deleted Volumes:\n" + volume + "\n"));
    }

    @Test
    void they_go_after_a_kill_too() throws Exception {
        Process process = racker.start(
                "run", "--rm", "--network=none", "-v", "/anonymous", busybox, "sh", "-c", "echo up; exec sleep 100");
        process.getInputStream().read();
        racker.run("volume", "ls").ok(); // a sweep while it runs
        assertEquals(2, unnamed().size());

        racker.signal("KILL", process);
        process.waitFor();

        // The first command that follows removes what the supervisor has not, and then the volumes.
        racker.run("volume", "ls").ok();
        assertEquals(List.of(), unnamed());
    }

    @Test
    void a_container_can_mount_what_another_one_does() throws Exception {
        run("--name mounting -v shared:/v -v /anonymous", "echo x >/v/x; echo y >/anonymous/y")
                .ok();

        assertEquals(
                "x\ny\n",
                run("--rm --volumes-from mounting:ro", "cat /v/x /anonymous/y; touch /v/z")
                        .out());
        assertEquals("x\n", run("--rm --volumes-from mounting", "cat /v/x").ok());
        assertEquals(125, run("--rm --volumes-from nobody", "true").status());

        Result refused = racker.run("volume", "rm", "shared");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("volume is in use - ["), refused.err());
        racker.run("rm", "-v", "mounting").ok();
        assertEquals("shared\n", racker.run("volume", "rm", "shared").ok());
    }

    @Test
    void what_is_mounted_is_told_as_docker_tells_it() throws Exception {
        run("--name seen -v told:/v:ro -v " + racker.files() + ":/h --tmpfs /t:size=1m -v /anonymous", "true")
                .ok();

        String mount = "{{range .Mounts}}{{.Type}} {{.Name}} {{.Source}} {{.Destination}} {{.Driver}} {{.Mode}} {{.RW}}"
                + " {{.Propagation}};{{end}}";
        String[] mounts = racker.run("inspect", "-f", mount, "seen").ok().split(";");
        assertEquals("volume told " + content("told") + " /v local ro false ", mounts[0]);
        assertEquals("bind  " + racker.files() + " /h   true rprivate", mounts[1]);
        assertTrue(mounts[3].startsWith("tmpfs   /t  mode=1777"), mounts[3]);
        assertEquals(
                "[told:/v:ro " + racker.files() + ":/h]\n",
                racker.run("inspect", "-f", "{{.HostConfig.Binds}}", "seen").ok());
        String listed =
                racker.run("ps", "-a", "--format={{.LocalVolumes}} {{.Mounts}}").ok();
        assertTrue(listed.matches("3 told,/[^,]{13}\u2026,[0-9a-f]{14}\u2026,[0-9a-f]{14}\u2026\n"), listed);
        for (String filter : List.of("told", "/h", "/anonymous")) {
            assertEquals(
                    "seen\n",
                    racker.run("ps", "-a", "--format={{.Names}}", "--filter=volume=" + filter)
                            .ok());
        }
        assertEquals("", racker.run("ps", "-aq", "--filter=volume=other").ok());
        assertTrue(racker.run("system", "df").ok().lines().toList().get(3).matches("Local Volumes +\\d+ +3 .*"));
        assertTrue(racker.run("system", "df", "-v").ok().matches("(?s).*\ntold +1 +.*"));
        racker.run("rm", "-v", "seen").ok();
        racker.run("volume", "rm", "told").ok();
    }

    @Test
    void a_tmpfs_is_anybodys_but_not_for_programs() throws Exception {
        assertEquals(
                "1777 rw,nosuid,nodev,noexec\n",
                run(
                                "--rm --tmpfs /t:size=1m",
                                "echo $(stat -c %a /t) $(grep ' /t ' /proc/mounts | while read a b c d e; do echo"
                                        + " ${d%%,size*}; done)")
                        .ok()
                        .replace(",relatime", ""));
        assertEquals(125, run("--rm --tmpfs /t:uid=5", "true").status());
    }

    @Test
    void a_booted_machine_writes_to_a_volume_that_is_a_directory_of_the_host() throws Exception {
        String image = racker.debian();
        Path directory = Files.createDirectory(racker.files().resolve("device"));
        racker.run("volume", "create", "--opt", "type=none", "--opt", "o=bind", "--opt", "device=" + directory, "dev")
                .ok();

        Result result = racker.run(
                "run",
                "--rm",
                "--network=none",
                "-v",
                "dev:/srv/new/dir",
                image,
                "sh",
                "-c",
                "useradd -u 105 somebody && chown somebody /srv/new/dir && su somebody -c 'touch /srv/new/dir/x';"
                        + " stat -c %U /srv/new /srv/new/dir/x");

        assertEquals("root\nsomebody\n", result.ok());
        assertEquals(105, Files.getAttribute(directory.resolve("x"), "unix:uid"));
        racker.run("volume", "rm", "dev").ok();
        assertTrue(Files.exists(directory.resolve("x")));
    }
}

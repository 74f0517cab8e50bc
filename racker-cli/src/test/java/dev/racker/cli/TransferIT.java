package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code save}, {@code load}, {@code import}, {@code tag} and {@code image}, against what podman and umoci make of it. */
@ExtendWith(TestRacker.Own.class)
class TransferIT {

    private final CommandRunner runner = new CommandRunner();

    private TestRacker racker;
    private Path files;
    private Path podman;

    @BeforeEach
    void create(TestRacker own) throws IOException {
        podman = Files.createTempDirectory("rk"); // podman takes no long names
        racker = own;
        files = racker.files();
    }

    @AfterEach
    void remove() {
        tool("rm", "-rf", podman.toString());
    }

    @Test
    void what_podman_saves_goes_through_the_store_unchanged() throws Exception {
        Path archive = files.resolve("podman.tar");
        String id = built("localhost/team/app:1");
        podman("save", "--quiet", "--output", archive.toString(), "localhost/team/app:1");

        assertEquals(
                "Loaded image: localhost/team/app:1\n",
                call("load", "-q", "-i", archive.toString()).ok());
        assertEquals(
                "[\"CMD-SHELL\",\"true\"] [PATH=/bin NAME=value] front\n",
                inspect("{{json .Config.Healthcheck.Test}} {{.Config.Env}} {{.Config.Labels.tier}}"));
        byte[] saved = racker.run("save", "localhost/team/app:1").bytes();
        String events = racker.run(
                        "events",
                        "--since=0",
                        "--until=0s",
                        "--filter=type=image",
                        "--format={{.Action}} {{.Actor.ID}}")
                .ok();
        assertTrue(events.matches("(?s).*load (sha256:[0-9a-f]{64})\nsave \\1\n"), events);

        podman("rmi", "--force", "localhost/team/app:1");
        Path back = Files.write(files.resolve("back.tar"), saved);
        assertTrue(podman("load", "--quiet", "--input", back.toString()).contains("localhost/team/app:1"));
        assertEquals(id, podman("image", "inspect", "--format={{.Id}}", "localhost/team/app:1"));
        assertArrayEquals(
                saved, racker.run("image", "save", "localhost/team/app:1").bytes());
    }

    @Test
    void an_image_without_blobs_is_packed_the_same_each_time_with_everything_in_it() throws Exception {
        Path tree = everything();
        Path archive = files.resolve("root.tar");
        tool("tar", "--create", "--file=" + archive, "--directory=" + tree, "--xattrs", "--xattrs-include=*", ".");
        call("pull", "-q", archive.toString()).ok();
        call("tag", archive.toString(), "packed:1").ok();

        for (String format : List.of("docker-archive", "oci-archive")) {
            byte[] once =
                    racker.run("save", "-q", "--format", format, "packed:1").bytes();
            assertArrayEquals(
                    once,
                    racker.run("save", "-q", "--format=" + format, "packed:1").bytes());
            assertTrue(racker.run(once, "load", "-q").ok().equals("Loaded image: packed:1\n"), format);
            Path file = Files.write(files.resolve(format), once);
            assertTrue(podman("load", "--quiet", "--input", file.toString()).contains("docker.io/library/packed:1"));
        }
        Path layout = files.resolve("layout");
        call("save", "-q", "--format=oci-dir", "-o", layout.toString(), archive.toString())
                .ok();
        Path unpacked = files.resolve("unpacked");
        tool("skopeo", "copy", "--quiet", "oci:" + layout, "oci:" + files.resolve("one") + ":tag");
        tool("umoci", "raw", "unpack", "--image", files.resolve("one") + ":tag", unpacked.toString());
        assertEquals(snapshot(tree), snapshot(unpacked));
    }

    @Test
    void several_images_with_several_names_go_from_one_store_to_another() throws Exception {
        Path archive = imported("one:1");
        call("tag", "one:1", "one:latest").ok();
        call("import", "-q", "-c", "CMD two", archive.toString(), "two:1").ok();
        byte[] all = racker.run("save", "-q", "one:1", "two:1", "one:latest").bytes();
        byte[] layout = racker.run("save", "-q", "--format=oci-archive", "one:1", "two:1", "one:latest")
                .bytes();

        String listing = "{{.Repository}}:{{.Tag}} {{.ID}}";
        List<String> expected = sorted(call("images", "--format", listing).ok());
        assertEquals(3, expected.size());
        try (TestDirectories elsewhere = new TestDirectories()) {
            TestRacker other = new TestRacker(elsewhere, "other");
            assertEquals(
                    List.of("Loaded image: one:1", "Loaded image: one:latest", "Loaded image: two:1"),
                    sorted(other.run(layout, "load", "-q").ok()));
            assertEquals(
                    expected, sorted(other.run("images", "--format", listing).ok()));
            assertEquals(
                    List.of("Loaded image: one:1", "Loaded image: one:latest", "Loaded image: two:1"),
                    sorted(other.run(all, "load", "-q").ok()));
            other.assertNothingLeft();
        }
    }

    @Test
    void an_image_is_made_named_found_by_id_and_removed() throws Exception {
        Path archive = files.resolve("root.tar.xz");
        tool(
                "tar",
                "--create",
                "--xz",
                "--file=" + archive,
                "--directory=" + TestArchives.busybox(files.resolve("tree")),
                ".");
        String id = call(
                        "import",
                        "-q",
                        "-m",
                        "by hand",
                        "-c",
                        "ENTRYPOINT [\"/bin/echo\"]",
                        "-c",
                        "ENV A=1",
                        archive.toString())
                .ok()
                .strip();
        String digits = id.substring("sha256:".length());

        assertEquals(
                "<none>:<none>\n",
                call("images", "--format", "{{.Repository}}:{{.Tag}}").ok());
        call("tag", digits.substring(0, 12), "made:1").ok();
        call("tag", "made:1", "other/made:2").ok();
        assertEquals(
                "[/bin/echo] [A=1] [\"made:1\",\"other/made:2\"] " + id + "\n",
                call(
                                "image",
                                "inspect",
                                "-f",
                                "{{.Config.Entrypoint}} {{.Config.Env}} {{json .RepoTags}} {{.Id}}",
                                "made:1")
                        .ok());
        assertTrue(
                call("history", "made:1")
                        .ok()
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElse("")
                        .endsWith("by hand"),
                call("history", "made:1").toString());
        assertEquals(
                "hello\n",
                racker.run("run", "--rm", "--network=none", digits.substring(0, 12), "hello")
                        .ok());

        call("untag", "made:1", "made:1").ok();
        assertEquals(1, call("image", "inspect", "made:1").status());
        assertTrue(call("image", "prune", "-f").ok().contains("deleted: " + id), "the name that is none");
        assertEquals("2\n", call("image", "ls", "--format", "{{.Tag}}").ok());
        call("rmi", "other/made:2").ok();
        assertEquals("", call("images", "-q").ok());
        assertEquals(List.of(), children("layers"));
        assertEquals(List.of(), children("oci/blobs/sha256"));
    }

    @Test
    void a_full_disk_leaves_nothing_half_made() throws Exception {
        Path archive = imported("big:1");
        byte[] saved = racker.run("save", "-q", "big:1").bytes();
        Path small = Files.createDirectories(files.resolve("small"));
        tool("mount", "-t", "tmpfs", "-o", "size=1800k", "tmpfs", small.toString());
        try {
            for (List<String> call : List.of(List.of("load"), List.of("import", archive.toString(), "x:1"))) {
                Process process = racker.startWith(
                        Map.of("RACKER_STATE_DIR", small.resolve("state").toString()), call.toArray(String[]::new));
                Result result = TestRacker.finish(process, new ByteArrayInputStream(saved));
                assertEquals(125, result.status(), result.toString());
                assertTrue(result.err().toLowerCase(Locale.ROOT).contains("space"), result.toString());
                for (String directory : List.of("layers", "images")) {
                    assertEquals(List.of(), list(small.resolve("state").resolve(directory)), call + " " + result);
                }
            }
            Result full = call("save", "-q", "-o", small.resolve("out.tar").toString(), "big:1");
            assertEquals(125, full.status(), full.toString());
            assertFalse(Files.exists(small.resolve("out.tar")), "half an archive");
            assertEquals(List.of("state"), list(small));
        } finally {
            tool("umount", small.toString());
        }
    }

    @Test
    void loads_tags_and_removals_of_one_image_do_not_harm_each_other() throws Exception {
        imported("busy:1");
        Path archive = files.resolve("busy.tar");
        call("save", "-q", "-o", archive.toString(), "busy:1").ok();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(racker.start("load", "-q", "-i", archive.toString()));
            processes.add(racker.start("tag", "busy:1", "busy:" + (i + 2)));
            processes.add(racker.start("rmi", "-f", "busy:" + (i + 2)));
        }
        for (Process process : processes) {
            Result result = TestRacker.finish(process, InputStream.nullInputStream());
            assertEquals(0, result.status(), result.toString());
        }
        assertEquals(
                "busy\n",
                racker.run("run", "--rm", "--network=none", "busy:1", "echo", "busy")
                        .ok());
    }

    @Test
    void what_holds_no_image_is_refused_in_one_line() throws Exception {
        Path text = Files.writeString(files.resolve("text"), "no archive at all, though long enough to look like one");
        Path rootfs = files.resolve("root.tar");
        tool("tar", "--create", "--file=" + rootfs, "--directory=" + TestArchives.busybox(files.resolve("tree")), ".");
        for (Path file : List.of(text, rootfs, files.resolve("missing"), files.resolve("tree"))) {
            Result result = call("load", "-q", "-i", file.toString());
            assertEquals(125, result.status(), result.toString());
            assertTrue(result.err().startsWith("racker: Tried to load " + file + ", but "), result.toString());
            assertEquals(2, result.err().lines().count(), result.toString());
        }
        assertEquals(125, call("import", text.toString(), "x:1").status());
        assertEquals(List.of(), children("oci/blobs/sha256"), "of an import that failed");
        for (String command : List.of("save", "history", "push", "untag")) {
            assertEquals(1, call(command, "nosuch:1").status(), command);
        }
    }

    /** Gives the id of an image that podman has built with all that OCI's own form would lose. */
    private String built(String name) throws IOException {
        Path context = TestArchives.busybox(files.resolve("tree"));
        Files.writeString(files.resolve("Containerfile"), """
                FROM scratch
                COPY . /
                ENV PATH=/bin NAME=value
                LABEL tier=front
                HEALTHCHECK CMD true
                CMD ["/bin/sh"]
                """);
        return podman(
                        "build",
                        "--quiet",
                        "--format=docker",
                        "--tag=" + name,
                        "--file=" + files.resolve("Containerfile"),
                        context.toString())
                .strip();
    }

    /** Makes an image of a busybox, and gives the archive. */
    private Path imported(String name) throws Exception {
        Path archive = files.resolve("busybox.tar.gz");
        tool(
                "tar",
                "--create",
                "--gzip",
                "--file=" + archive,
                "--directory=" + TestArchives.busybox(files.resolve("tree")),
                ".");
        call("import", "-q", archive.toString(), name).ok();
        return archive;
    }

    /** A tree with whatever an archive could lose. */
    private Path everything() throws IOException {
        Path tree = TestArchives.busybox(files.resolve("tree"));
        Path odd = Files.createDirectories(tree.resolve("odd"));
        Files.writeString(odd.resolve("file"), "content");
        Files.createLink(odd.resolve("link"), odd.resolve("file"));
        Files.createSymbolicLink(odd.resolve("dangling"), Path.of("/no/where"));
        Files.writeString(Files.createDirectories(odd.resolve("d".repeat(120))).resolve("n".repeat(200)), "long");
        Files.writeString(odd.resolve("\u00fcml\u00e4ut"), "name");
        tool("truncate", "--size=2M", odd.resolve("sparse").toString());
        tool("mknod", odd.resolve("null").toString(), "c", "1", "3");
        tool("mkfifo", odd.resolve("fifo").toString());
        tool("chown", "1000:2000", odd.resolve("file").toString());
        tool("chmod", "6755", odd.resolve("sparse").toString());
        tool("setfattr", "-n", "user.note", "-v", "kept", odd.resolve("file").toString());
        tool("setcap", "cap_net_raw+ep", tree.resolve("bin/busybox").toString());
        tool(
                "touch",
                "--date=2001-02-03 04:05:06.123456789",
                odd.resolve("sparse").toString());
        return tree;
    }

    /** What find, sha256sum and getfattr say of a tree. */
    private String snapshot(Path tree) {
        String names = run(
                Command.of("find", ".", "-printf", "%P %y %m %U:%G %l %n\\n").in(tree));
        String contents = run(Command.of("find", ".", "-type", "f", "-exec", "sha256sum", "{}", "+")
                .in(tree));
        String attributes = run(Command.of("getfattr", "-h", "-d", "-m", "-", "-e", "hex", "-R", ".")
                .in(tree));
        return String.join("\n", sorted(names)) + "\n" + String.join("\n", sorted(contents)) + "\n" + attributes;
    }

    /** A call in this process, which starts sooner; those with other input or binary output are programs of their own. */
    private Result call(String... arguments) {
        TestSession session = new TestSession(racker.environment());
        int status = session.run(arguments);
        return new Result(status, session.out().getBytes(StandardCharsets.UTF_8), session.err());
    }

    private String inspect(String template) throws Exception {
        return call("image", "inspect", "--format", template, "localhost/team/app:1")
                .ok();
    }

    private static List<String> sorted(String lines) {
        return lines.lines().sorted().toList();
    }

    private List<String> children(String directory) throws IOException {
        return list(racker.state().resolve(directory));
    }

    private static List<String> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** A podman whose store is this test's own. */
    private String podman(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--root=" + podman.resolve("root"),
                "--runroot=" + podman.resolve("run"),
                "--storage-driver=vfs"));
        command.addAll(Arrays.asList(arguments));
        return run(Command.of(command));
    }

    private void tool(String... command) {
        run(Command.of(Arrays.asList(command)));
    }

    private String run(Command command) {
        return runner.run(command.timeout(Duration.ofMinutes(2))).text();
    }
}

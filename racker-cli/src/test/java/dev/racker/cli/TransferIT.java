package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code save}, {@code load}, {@code import}, {@code tag} and {@code image}, against what podman and umoci make of it. */
class TransferIT extends TransferCase {

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
        String pruned = call("image", "prune", "-f").ok();
        assertFalse(pruned.contains("deleted: "), pruned); // it has another name still
        assertEquals("2\n", call("image", "ls", "--format", "{{.Tag}}").ok());
        assertTrue(call("rmi", "other/made:2").ok().startsWith("Untagged: other/made:2\nDeleted: " + id + "\n"));
        assertEquals("", call("images", "-q").ok());
        assertEquals(List.of(), children("layers"));
        assertEquals(List.of(), children("oci/blobs/sha256"));
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

    private String inspect(String template) throws Exception {
        return call("image", "inspect", "--format", template, "localhost/team/app:1")
                .ok();
    }
}

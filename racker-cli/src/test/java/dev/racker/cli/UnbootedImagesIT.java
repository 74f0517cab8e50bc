package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code racker run} of images with little in them, and of one that could be booted, without a boot. */
@ExtendWith(TestRacker.Shared.class)
class UnbootedImagesIT {

    private static String single;

    private final TestRacker racker;

    UnbootedImagesIT(TestRacker racker) {
        this.racker = racker;
    }

    @BeforeAll
    static void pack(TestRacker racker) throws Exception {
        Path alone = Files.createDirectories(racker.files().resolve("single"));
        Files.copy(Path.of("/bin/busybox").toRealPath(), alone.resolve("busybox"));
        alone.resolve("busybox").toFile().setExecutable(true, false);
        single = "docker-archive:" + TestArchives.dockerArchive(alone, "single:1", "--author=nobody");
    }

    @Test
    void a_command_of_an_image_without_a_shell_has_it_too() throws Exception {
        Result result = racker.run("run", "--rm", "--quiet", single, "/busybox", "cat", "/proc/net/route");

        assertTrue(result.ok().contains("\neth0\t00000000\t"), result.toString());
        assertEquals("", result.err());
    }

    @Test
    void a_static_program_needs_nothing_else_in_its_image() throws Exception {
        assertEquals(
                "alone\n",
                racker.run("run", "--rm", "--quiet", "--network=none", single, "/busybox", "echo", "alone")
                        .ok());
    }

    @Test
    void what_every_container_gets_is_no_difference() throws Exception {
        racker.run("run", "--name=quiet", "--network=none", single, "/busybox", "true")
                .ok();
        racker.run("run", "--name=busy", "--network=none", single, "/busybox", "mkdir", "/var/new")
                .ok();

        assertEquals("", racker.run("diff", "quiet").ok());
        assertEquals("A /var\nA /var/new\n", racker.run("diff", "busy").ok());
        racker.run("rm", "quiet", "busy").ok();
    }

    @Test
    void a_program_without_anything_else_says_hello() throws Exception {
        Path tree = Files.createDirectories(racker.files().resolve("hello"));
        TinyProgram.write(tree.resolve("hello"), "Hello from nothing!\n", 5);
        String hello = "docker-archive:"
                + TestArchives.dockerArchive(tree, "hello-world:latest", "--config.cmd=/hello", "--author=nobody");

        Result result = racker.run("run", "--rm", "--quiet", hello);

        assertEquals("Hello from nothing!\n", result.out(), result.toString());
        assertEquals("", result.err());
        assertEquals(5, result.status());
        assertEquals(
                5, racker.run("run", "--rm", "--network=none", "--init", hello).status());
        assertEquals(
                127, racker.run("run", "--rm", "--network=none", hello, "sh").status());
        assertEquals(
                126, racker.run("run", "--rm", "--network=none", hello, "/etc").status());
        assertEquals(
                5,
                racker.run("run", "--rm", "--network=none", "-u", "7:8", hello).status());
    }

    @Test
    void an_image_with_a_user_and_no_shell_is_run_as_it_wants() throws Exception {
        Path tree = Files.createDirectories(racker.files().resolve("distroless"));
        Files.createDirectories(tree.resolve("etc"));
        Files.writeString(
                tree.resolve("etc/passwd"),
                "root:x:0:0::/root:/sbin/nologin\n" + "nonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n");
        Files.copy(Path.of("/bin/busybox").toRealPath(), tree.resolve("busybox"));
        tree.resolve("busybox").toFile().setExecutable(true, false);
        String image = "docker-archive:"
                + TestArchives.dockerArchive(
                        tree,
                        "distroless:nonroot",
                        "--config.user=nonroot",
                        "--config.workingdir=/home/nonroot",
                        "--config.entrypoint=/busybox",
                        "--config.cmd=env");

        assertEquals(
                "HOSTNAME=box\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
                        + "HOME=/home/nonroot\n",
                racker.run("run", "--rm", "--quiet", "--network=none", "--hostname=box", image)
                        .ok());
        assertEquals(
                "65532\n",
                racker.run("run", "--rm", "--network=none", image, "id", "-u").ok());
    }

    @Test
    void it_cannot_be_booted_when_that_is_asked_for() throws Exception {
        Result result = racker.run("run", "--rm", "--systemd=always", racker.busybox(), "true");

        assertEquals(125, result.status());
        assertEquals(
                "racker: Tried to boot " + racker.busybox()
                        + ", but it has no init and no package manager that is known.\n"
                        + "Run its command without booting it: --systemd=false.\n",
                result.err());
    }

    @Test
    void an_image_with_an_init_can_be_run_without_it() throws Exception {
        String debian = racker.debian();

        Result result = racker.run(
                "run",
                "--rm",
                "--quiet",
                "--network=none",
                "--systemd=false",
                "-u",
                "nobody",
                debian,
                "sh",
                "-c",
                "id -un; ls /run/systemd/system 2>/dev/null");

        assertEquals("nobody\n", result.out(), result.err());
        assertEquals(
                "systemd\n",
                racker.run("run", "--rm", "--network=none", debian, "cat", "/proc/1/comm")
                        .ok());
    }

    @Test
    void the_images_configuration_is_honoured() throws Exception {
        Path archive = TestArchives.dockerArchive(
                TestArchives.busybox(racker.files().resolve("configured")),
                "configured:1",
                "--config.entrypoint=sh",
                "--config.entrypoint=-c",
                "--config.cmd=echo $A; pwd",
                "--config.env=A=from the image",
                "--config.workingdir=/etc");
        String image = "docker-archive:" + archive;

        assertEquals(
                "from the image\n/etc\n",
                racker.run("run", "--rm", "--quiet", "--network=none", image).ok());
        assertEquals(
                "/tmp\n",
                racker.run("run", "--rm", "--network=none", "-w", "/tmp", image, "pwd")
                        .ok());
        assertEquals(
                "changed\n",
                racker.run(
                                "run",
                                "--rm",
                                "--network=none",
                                "-e",
                                "A=changed",
                                "--entrypoint",
                                "/bin/sh",
                                image,
                                "-c",
                                "echo $A")
                        .ok());
    }
}

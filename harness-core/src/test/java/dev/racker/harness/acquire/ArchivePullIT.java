package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchivePullIT {

    private static final CommandRunner RUNNER = new CommandRunner();

    @TempDir
    Path temporary;

    private PullFixture fixture;
    private TestLayout layout;
    private Path tree;

    @BeforeEach
    void make() throws IOException {
        fixture = new PullFixture(temporary.resolve("store"));
        tree = PullFixture.tree(temporary.resolve("tree"), "usr/lib/os-release", "ID=debian\n", "etc/a file", "a");
        layout = new TestLayout(temporary.resolve("layout"));
        layout.image("one", "amd64", new TestLayout.Layer(tree, "gzip", "-n"));
    }

    @AfterEach
    void nothing_is_left() throws IOException {
        assertEquals(List.of(), fixture.leftovers());
    }

    @Test
    void an_oci_layout_is_an_image_and_stays_one_until_it_changes() throws IOException {
        String name = "oci:" + layout.directory() + ":one";

        assertImage(fixture.pull(name), "archive");
        assertFalse(fixture.pull(name).isNew());
        Files.writeString(tree.resolve("etc/b"), "b");
        new TestLayout(layout.directory()).image("one", "amd64", new TestLayout.Layer(tree, "gzip", "-n"));
        assertTrue(fixture.pull(name).isNew());
    }

    @Test
    void an_oci_archive_is_an_image() {
        Path file = temporary.resolve("image.tar");
        RUNNER.run(
                Command.of("skopeo", "copy", "-q", "oci:" + layout.directory() + ":one", "oci-archive:" + file + ":x"));

        assertImage(fixture.pull("oci-archive:" + file), "archive");
        HarnessException e = refused(file.toString());
        assertTrue(e.hint().orElseThrow().contains("oci-archive:"), e.toString());
    }

    @Test
    void what_docker_save_writes_is_an_image() {
        Path file = temporary.resolve("image.tar");
        RUNNER.run(Command.of("skopeo", "copy", "-q", "oci:" + layout.directory() + ":one")
                .with("docker-archive:" + file + ":debian:mine"));

        assertImage(fixture.pull("docker-archive:" + file), "archive");
        assertImage(fixture.pull("docker-archive:" + file + ":debian:mine"), "archive");
        HarnessException e = refused(file.toString());
        assertTrue(e.hint().orElseThrow().contains("docker-archive:"), e.toString());
    }

    @ParameterizedTest
    @CsvSource({"tar,", "tar.gz,gzip", "tar.xz,xz", "tar.zst,zstd", "tar.bz2,bzip2"})
    void a_tarball_is_an_image_however_it_is_compressed(String suffix, String program) throws IOException {
        Path file = tarball("rootfs." + suffix, program);

        assertImage(fixture.pull(file.toString()), "tarball");
        assertFalse(fixture.pull(file.toString()).isNew());
    }

    @Test
    void a_tarball_behind_http_is_an_image() throws IOException {
        byte[] content = Files.readAllBytes(tarball("rootfs.tar.xz", "xz"));
        try (TestHttpServer server = new TestHttpServer((headers, out) -> {
            TestHttpServer.head(out, 200, "Content-Length: " + content.length);
            out.write(content);
        })) {
            String name = server.uri("/rootfs.tar.xz") + "#sha256="
                    + Sha256.of(content).hex();

            assertImage(fixture.pull(name), "tarball");
            assertFalse(fixture.pull(name).isNew());
            assertEquals(1, server.requests.size());
        }
    }

    @Test
    void a_directory_is_an_image_and_stays_one_until_it_changes() throws IOException {
        String name = "dir:" + tree;

        assertImage(fixture.pull(name), "directory");
        assertFalse(fixture.pull(name).isNew());
        Files.writeString(tree.resolve("etc/b"), "b");
        assertTrue(fixture.pull(name).isNew());
    }

    @Test
    void a_squashfs_file_is_an_image() {
        Path file = temporary.resolve("rootfs.squashfs");
        RUNNER.run(Command.of("mksquashfs", tree.toString(), file.toString(), "-quiet", "-no-progress"));

        assertImage(fixture.pull(file.toString()), "squashfs");
        assertFalse(fixture.pull(file.toString()).isNew());
    }

    @Test
    void what_is_not_there_is_told_in_the_users_words() {
        for (String name : List.of(
                "oci:/nope",
                "oci-archive:/nope",
                "docker-archive:/nope",
                "dir:/nope",
                "/nope/r.tar.gz",
                "/nope/r.squashfs")) {
            HarnessException e = refused(name);
            assertTrue(e.getMessage().contains(name) && e.getMessage().contains("does not exist"), e.getMessage());
        }
    }

    @Test
    void a_tag_that_the_layout_has_not_is_told() {
        HarnessException e = refused("oci:" + layout.directory() + ":two");

        assertTrue(e.getMessage().contains("two"), e.getMessage());
        assertTrue(e.hint().orElseThrow().contains("index.json"));
    }

    @Test
    void what_is_something_else_is_told_in_the_users_words() throws IOException {
        Path text = Files.writeString(temporary.resolve("text.tar"), "hello ".repeat(500));
        for (String prefix : List.of("oci-archive:", "docker-archive:", "")) {
            assertTrue(refused(prefix + text).getMessage().contains(text.toString()));
        }
        assertTrue(refused("dir:" + text).getMessage().contains("is not a directory"));
        assertTrue(refused("oci-archive:" + tree).getMessage().contains("is not a file"));
    }

    @Test
    void a_truncated_tarball_is_told_and_nothing_of_it_is_kept() throws IOException {
        Path file = tarball("rootfs.tar.gz", "gzip");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));

        assertTrue(refused(file.toString()).getMessage().contains(file.toString()));
        assertEquals(List.of(), fixture.store.layers().list());
    }

    @Test
    void a_damaged_squashfs_file_is_told_and_nothing_of_it_is_kept() throws IOException {
        Path file = Files.writeString(temporary.resolve("rootfs.squashfs"), "no file system");

        HarnessException failure = assertThrows(HarnessException.class, () -> fixture.pull(file.toString()));

        assertTrue(
                failure.getMessage().startsWith("Tried to unpack " + file + ", but unsquashfs failed: "),
                failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"), failure.getMessage());
    }

    @Test
    void a_tree_that_is_one_directory_too_high_is_no_root_file_system() throws IOException {
        Path other = Files.createDirectories(temporary.resolve("other/rootfs/usr"))
                .getParent()
                .getParent();

        assertTrue(refused("dir:" + other).getMessage().contains("all of it is in the directory rootfs, "));
    }

    @Test
    void nothing_is_no_root_file_system() throws IOException {
        Path empty = Files.createDirectory(temporary.resolve("empty"));

        assertTrue(refused("dir:" + empty).getMessage().contains("there is nothing in it"));
    }

    @Test
    void a_single_program_is_enough() throws IOException {
        Path tree = Files.createDirectory(temporary.resolve("one"));
        Files.copy(Path.of("/bin/true"), tree.resolve("hello"));

        assertEquals(1, fixture.pull("dir:" + tree).image().layers().size());
    }

    @Test
    void a_directory_that_holds_the_store_is_refused() {
        assertTrue(refused("dir:" + temporary).getMessage().contains("racker's own"));
    }

    private HarnessException refused(String name) {
        return assertThrows(HarnessException.class, () -> fixture.pull(name), name);
    }

    private void assertImage(PullResult result, String source) {
        assertTrue(result.isNew());
        assertEquals(source, result.image().source());
        assertEquals("debian", result.image().family());
        assertTrue(Files.exists(fixture.file(result, "etc/a file")));
    }

    private Path tarball(String name, String program) throws IOException {
        byte[] tar = RUNNER.run(Command.of("tar", "-C", tree.toString(), "-cf", "-", "."))
                .stdout();
        byte[] content = program == null
                ? tar
                : RUNNER.run(Command.of(program, "-c").stdin(Command.Input.of(tar)))
                        .stdout();
        return Files.write(temporary.resolve(name), content);
    }
}

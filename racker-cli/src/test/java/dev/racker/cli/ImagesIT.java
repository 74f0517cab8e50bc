package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code racker pull}, {@code images} and {@code rmi} of images in a real registry. */
class ImagesIT extends RegistryCase {

    @Test
    void a_pull_tells_what_docker_tells() throws Exception {
        String name = push("wording:1", layout("wording"));
        String digest = digest(name);

        assertEquals(
                "1: Pulling from wording\nDigest: " + digest + "\nStatus: Downloaded newer image for " + name + "\n"
                        + name + "\n",
                pull(name).ok());
        assertEquals(
                "1: Pulling from wording\nDigest: " + digest + "\nStatus: Image is up to date for " + name + "\n" + name
                        + "\n",
                pull(name).ok());
    }

    @Test
    void a_quiet_pull_prints_only_the_name() throws Exception {
        String name = push("quiet:1", layout("quiet"));

        Result result = racker.run("pull", "--quiet", "--tls-verify=false", name);

        assertEquals(name + "\n", result.ok());
        assertEquals("", result.err());
    }

    @Test
    void a_moved_tag_is_seen_and_the_old_layers_go_with_the_next_removal() throws Exception {
        String name = push("moved:1", layout("before"));
        pull(name).ok();
        List<String> before = layers();
        push("moved:1", layout("after"));

        String pulled = pull(name).ok();

        assertTrue(pulled.contains("Digest: " + digest(name) + "\nStatus: Downloaded newer image for "), pulled);
        assertEquals("after\n", marker(name));
        assertEquals(1, before.size());
        String removed = racker.run("rmi", name).ok();
        assertTrue(removed.contains("Deleted: " + before.get(0) + "\n"), removed);
        assertStoreIsEmpty();
    }

    @Test
    void images_are_listed_as_docker_lists_them() throws Exception {
        String name = push("listed:1.2", layout("listed"));
        pull(name).ok();
        String repository = name.substring(0, name.lastIndexOf(':'));
        String digest = digest(name);
        String id = digest.substring("sha256:".length(), "sha256:".length() + 12);

        List<String> table = racker.run("images").ok().lines().toList();
        assertEquals(2, table.size(), table.toString());
        assertEquals("REPOSITORY TAG IMAGE ID CREATED SIZE", table.get(0).replaceAll(" +", " "));
        assertTrue(table.get(1).replaceAll(" +", " ").startsWith(repository + " 1.2 " + id + " "), table.get(1));
        List<String> digests = racker.run("images", "--digests").ok().lines().toList();
        assertEquals(
                "REPOSITORY TAG DIGEST IMAGE ID CREATED SIZE", digests.get(0).replaceAll(" +", " "));
        assertTrue(
                digests.get(1).replaceAll(" +", " ").startsWith(repository + " 1.2 " + digest + " " + id + " "),
                digests.get(1));
        assertEquals(id + "\n", racker.run("images", "-q").ok());
        JsonNode json = new JsonMapper()
                .readTree(racker.run("images", "--format", "json").ok());
        assertEquals(id, json.get("ID").stringValue());
        assertEquals(repository, json.get("Repository").stringValue());
        assertEquals("1.2", json.get("Tag").stringValue());
        assertEquals(digest, json.get("Digest").stringValue());
        assertTrue(json.get("Bytes").longValue() > 0, json.toString());
    }

    @Test
    void a_removed_image_leaves_nothing_in_the_store() throws Exception {
        String name = push("removed:1", layout("removed"));
        pull(name).ok();
        List<String> layers = layers();
        assertEquals(1, layers.size());
        assertFalse(children("oci/blobs/sha256").isEmpty());
        String id = racker.run("images", "-q", "--no-trunc").ok().strip();

        assertEquals(
                "Untagged: " + name + "\nDeleted: " + id + "\nDeleted: " + layers.get(0) + "\n",
                racker.run("rmi", name).ok());

        assertStoreIsEmpty();
        assertEquals("", racker.run("images", "-q").ok());
    }

    @Test
    void output_that_cannot_be_written_is_told() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(TestRacker.command("images")).redirectOutput(new File("/dev/full"));
        builder.environment().putAll(racker.environment());

        Result result = TestRacker.finish(builder.start(), InputStream.nullInputStream());

        assertEquals(125, result.status());
        assertEquals(
                "racker: Tried to write to standard output, but not all of it could be written.\n"
                        + "See whether its disk is full.\n",
                result.err());
    }

    @Test
    void a_reader_that_has_seen_enough_is_no_failure() throws Exception {
        Process process = racker.start("images", "--help");
        process.getInputStream().close();

        assertEquals(0, process.waitFor());
        assertEquals("", new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void a_missing_image_cannot_be_removed() throws Exception {
        Result result = racker.run("rmi", "nope:1");

        assertEquals(1, result.status());
        assertEquals("", result.out());
        assertEquals(
                "racker: Tried to remove image \"nope:1\", but there is no such image.\nSee `racker images`.\n",
                result.err());
        Result forced = racker.run("rmi", "--force", "nope:1");
        assertEquals("", forced.ok());
        assertEquals(result.err(), forced.err());
    }

    @Test
    void an_image_whose_record_is_damaged_is_removed_as_any_other() throws Exception {
        String name = push("damaged:1", layout("damaged"));
        pull(name).ok();
        String layer = layers().get(0);
        Path record =
                racker.state().resolve("images").resolve(children("images").get(0));
        Files.writeString(record, "{\"format\":1,");

        assertEquals(
                "Untagged: " + name + "\nDeleted: " + layer + "\n",
                racker.run("rmi", name).ok());

        assertStoreIsEmpty();
    }

    @Test
    void an_image_that_a_stopped_container_uses_is_removed_only_by_force() throws Exception {
        String name = push("used:1", layout("used"));
        pull(name).ok();
        racker.run("run", "--name=unused", "--network=none", name, "true").ok();

        Result refused = racker.run("rmi", name);

        assertEquals(1, refused.status(), refused.toString());
        assertEquals("", refused.out());
        assertEquals(
                "racker: Tried to remove image " + name + ", but the stopped container unused uses it.\n"
                        + "Remove that container with `racker rm unused`, or use --force.\n",
                refused.err());
        assertEquals("used\n", marker(name));
        assertTrue(racker.run("rmi", "--force", name).ok().startsWith("Untagged: " + name + "\nDeleted: "));
        assertEquals("", racker.run("ps", "-aq").ok());
        assertStoreIsEmpty();
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Mount;
import dev.racker.harness.machine.MountRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountFlagsTest {

    private static final String DEFAULTS = "mode=1777,nosuid,nodev,noexec";

    @TempDir
    Path directory;

    private final MountFlags flags = new MountFlags();

    private List<Mount> mounts() {
        return flags.request().mounts();
    }

    @ParameterizedTest
    @CsvSource({
        "/etc:/mnt, /etc, /mnt, false",
        "/etc:/mnt:ro, /etc, /mnt, true",
        "/etc:/mnt:rw, /etc, /mnt, false",
        "'/etc:/mnt/:ro,rprivate', /etc, /mnt, true",
        "/etc/../etc/passwd:/h:ro, /etc/passwd, /h, true",
        "/nowhere/yet:/mnt, /nowhere/yet, /mnt, false",
        "/tmp/:/a b, /tmp, /a b, false"
    })
    void a_volume_can_be_a_path_of_the_host(String text, String source, String target, boolean readOnly) {
        flags.volume(text);

        assertEquals(List.of(Mount.bind(source, target, readOnly, true)), mounts());
    }

    @Test
    void a_relative_source_is_taken_from_the_working_directory() {
        flags.volume("./src:/src");
        flags.volume("../:/up");
        flags.volume(".:/here");
        Path here = Path.of("").toAbsolutePath();

        assertEquals(
                List.of(here.resolve("src").toString(), here.getParent().toString(), here.toString()),
                mounts().stream().map(Mount::source).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "data:/mnt, false, true",
        "data:/mnt:ro, true, true",
        "data:/mnt:nocopy, false, false",
        "'data:/mnt/x/..:ro,nocopy', true, false"
    })
    void a_volume_can_have_a_name(String text, boolean readOnly, boolean filled) {
        flags.volume(text);

        assertEquals(List.of(Mount.volume("data", "/mnt", readOnly, filled)), mounts());
    }

    @Test
    void a_volume_without_a_source_is_anonymous() {
        flags.volume("/mnt/");

        assertEquals(List.of(Mount.anonymous("/mnt", false, true)), mounts());
    }

    @Test
    void reading_makes_no_directory() {
        flags.volume(directory.resolve("a") + ":/mnt");

        assertFalse(Files.exists(directory.resolve("a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data",
                "/etc:",
                ":/mnt",
                "/etc:mnt",
                "/etc:/",
                "/",
                "/etc:/..",
                "/etc:/mnt:rx",
                "/etc:/mnt:",
                "/etc:/mnt:nocopy",
                "/etc:/mnt:rshared",
                "/etc:/mnt:U",
                "/etc:/mnt:ro:z"
            })
    void a_wrong_volume_is_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> flags.volume(text));

        assertTrue(failure.getMessage().startsWith("Tried to read --volume \"" + text + "\""), failure.getMessage());
        assertTrue(failure.hint().isPresent());
    }

    @ParameterizedTest
    @CsvSource({"a:/mnt, too short", "a/b:/mnt, invalid characters", ".a:/mnt, invalid characters"})
    void a_volume_must_have_a_name_that_docker_takes(String text, String problem) {
        HarnessException failure = assertThrows(HarnessException.class, () -> flags.volume(text));

        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
    }

    @Test
    void two_things_at_one_place_are_refused() {
        flags.volume("data:/mnt");

        HarnessException failure = assertThrows(HarnessException.class, () -> flags.tmpfs("/mnt/:size=1m"));

        assertTrue(failure.getMessage().contains("duplicate mount point: /mnt"), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=bind,source=/etc,target=/mnt            | /etc | /mnt | false",
                "type=bind,src=/etc,dst=/mnt,readonly         | /etc | /mnt | true",
                "target=/mnt,readonly=true,type=bind,src=/etc | /etc | /mnt | true",
                "type=bind,src=/etc,destination=/mnt,ro=0     | /etc | /mnt | false",
                "type=bind,src=/etc,dst=/mnt,bind-propagation=rprivate | /etc | /mnt | false",
                "type=bind,src=/etc,\"dst=/m,n\"              | /etc | /m,n | false",
            })
    void a_mount_can_be_a_bind(String text, String source, String target, boolean readOnly) {
        flags.mount(text);

        assertEquals(List.of(Mount.bind(source, target, readOnly, false)), mounts());
    }

    @Test
    void a_mount_can_be_a_volume() {
        flags.mount("source=data,target=/a,volume-label=k=v,volume-label=l,volume-driver=local");
        flags.mount("type=volume,target=/b,readonly,volume-nocopy");

        assertEquals(
                new MountRequest(
                        List.of(Mount.volume("data", "/a", false, true), Mount.anonymous("/b", true, false)),
                        List.of(),
                        Map.of("data", Map.of("k", "v", "l", ""))),
                flags.request());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=tmpfs,target=/t                            | " + DEFAULTS,
                "type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=700 | nosuid,nodev,noexec,size=64m,mode=700",
            })
    void a_mount_can_be_in_memory(String text, String options) {
        flags.mount(text);

        assertEquals(List.of(Mount.tmpfs("/t", options)), mounts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "type=bind,source=/etc",
                "type=bind,target=/mnt",
                "type=bind,source=/nowhere/at/all,target=/mnt",
                "type=bind,source=/etc,target=mnt",
                "type=bind,source=/etc,target=/mnt,readonly=perhaps",
                "type=bind,source=/etc,target=/mnt,bind-propagation=shared",
                "type=volume,source=data,target=/mnt,volume-driver=nfs",
                "type=npipe,source=data,target=/mnt",
                "type=tmpfs,source=/etc,target=/mnt",
                "type=tmpfs,target=/"
            })
    void a_wrong_mount_is_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> flags.mount(text));

        assertTrue(failure.getMessage().startsWith("Tried to read --mount \"" + text + "\""), failure.getMessage());
        assertTrue(failure.hint().isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/t                    | " + DEFAULTS,
                "/t:size=1m,mode=0700  | nosuid,nodev,noexec,size=1m,mode=0700",
                "/t:exec,ro            | mode=1777,nosuid,nodev,exec,ro",
            })
    void a_tmpfs_takes_options(String text, String options) {
        flags.tmpfs(text);

        assertEquals(List.of(Mount.tmpfs("/t", options)), mounts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", ":size=1m", "/", "/t:huge=always"})
    void a_wrong_tmpfs_is_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> flags.tmpfs(text));

        assertTrue(failure.getMessage().startsWith("Tried to read --tmpfs \"" + text + "\""), failure.getMessage());
    }

    @Test
    void volumes_of_other_containers_are_asked_for_by_their_name() {
        flags.volumesFrom("db:ro");

        assertEquals(List.of("db:ro"), flags.request().volumesFrom());
        assertThrows(HarnessException.class, () -> flags.volumesFrom(""));
    }
}

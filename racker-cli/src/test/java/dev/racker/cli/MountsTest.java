package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.Tmpfs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountsTest {

    @TempDir
    Path directory;

    private final Mounts mounts = new Mounts();

    @ParameterizedTest
    @CsvSource({
        "/etc:/mnt, /etc, /mnt, false",
        "/etc:/mnt:ro, /etc, /mnt, true",
        "/etc:/mnt:rw, /etc, /mnt, false",
        "/etc/../etc/passwd:/h:ro, /etc/passwd, /h, true",
        "/tmp/:/a b, /tmp, /a b, false"
    })
    void a_volume_names_source_target_and_mode(String text, Path source, String target, boolean readOnly) {
        mounts.volume(text);

        assertEquals(List.of(new Bind(source, target, readOnly)), mounts.binds());
    }

    @Test
    void a_relative_source_is_taken_from_the_working_directory() {
        mounts.volume("./src:/src");
        mounts.volume("../:/up");
        mounts.volume(".:/here");
        Path here = Path.of("").toAbsolutePath();

        assertEquals(
                List.of(here.resolve("src"), here.getParent(), here),
                mounts.binds().stream().map(Bind::source).toList());
    }

    @Test
    void a_missing_source_of_a_volume_becomes_a_directory() {
        Path source = directory.resolve("a/b");

        mounts.volume(source + ":/mnt");

        assertTrue(Files.isDirectory(source));
    }

    @Test
    void a_wrong_volume_makes_no_directory() {
        Path source = directory.resolve("a");

        assertThrows(HarnessException.class, () -> mounts.volume(source + ":relative"));

        assertFalse(Files.exists(source));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc",
                "/etc:",
                ":/mnt",
                "/etc:mnt",
                "/etc:/",
                "/etc:/..",
                "/etc:/mnt:rx",
                "/etc:/mnt:",
                "data:/mnt",
                "/etc:/mnt:ro:z"
            })
    void a_wrong_volume_is_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> mounts.volume(text));

        assertTrue(failure.getMessage().startsWith("Tried to read --volume \"" + text + "\""), failure.getMessage());
        assertTrue(failure.hint().isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=bind,source=/etc,target=/mnt            | /etc | /mnt | false",
                "type=bind,src=/etc,dst=/mnt,readonly         | /etc | /mnt | true",
                "target=/mnt,readonly=true,type=bind,src=/etc | /etc | /mnt | true",
                "type=bind,src=/etc,destination=/mnt,ro=0     | /etc | /mnt | false",
            })
    void a_mount_can_be_a_bind(String text, Path source, String target, boolean readOnly) {
        mounts.mount(text);

        assertEquals(List.of(new Bind(source, target, readOnly)), mounts.binds());
        assertEquals(List.of(), mounts.tmpfs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=tmpfs,target=/t                             | /t | ''",
                "type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=1777 | /t | size=64m,mode=1777",
            })
    void a_mount_can_be_in_memory(String text, String target, String options) {
        mounts.mount(text);

        assertEquals(List.of(new Tmpfs(target, options)), mounts.tmpfs());
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
                "type=volume,source=data,target=/mnt",
                "source=/etc,target=/mnt",
                "type=bind,source=/etc,target=/mnt,bind-propagation=shared",
                "type=tmpfs,target=/"
            })
    void a_wrong_mount_is_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> mounts.mount(text));

        assertTrue(failure.getMessage().startsWith("Tried to read --mount \"" + text + "\""), failure.getMessage());
        assertTrue(failure.hint().isPresent());
    }

    @ParameterizedTest
    @CsvSource({"/t, /t, ''", "'/t:size=1m,mode=0700', /t, 'size=1m,mode=0700'"})
    void a_tmpfs_takes_options(String text, String target, String options) {
        mounts.tmpfs(text);

        assertEquals(List.of(new Tmpfs(target, options)), mounts.tmpfs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", ":size=1m", "/"})
    void a_wrong_tmpfs_is_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> mounts.tmpfs(text));

        assertTrue(failure.getMessage().startsWith("Tried to read --tmpfs \"" + text + "\""), failure.getMessage());
    }
}

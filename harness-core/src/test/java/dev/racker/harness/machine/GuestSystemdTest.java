package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestSystemdTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "systemd 252 (252.39-1~deb12u1)     | 252",
                "systemd 219                        | 219",
                "systemd 257~rc1                    | 257",
                "systemd                            | -1",
                "systemd 99999999999                | -1",
                "'systemctl: command not found'     | -1",
                "''                                 | -1",
            })
    void the_version_is_the_second_word(String said, int version) {
        assertEquals(version, GuestSystemd.version(said));
    }

    @Test
    void a_guest_that_is_too_old_is_told_in_one_line() {
        HarnessException refusal =
                GuestSystemd.refusal("web", "systemd 232\n+PAM +AUDIT").orElseThrow();

        assertEquals(
                "Tried to run a command in machine web, but its systemd 232 is too old for that: it takes 240 or newer.",
                refusal.getMessage());
        assertEquals(
                "Run the command without booting the image, with --systemd=false, or use a newer image.",
                refusal.hint().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"systemd 240", "systemd 252 (252.39-1~deb12u1)", "nonsense"})
    void any_other_guest_is_not_to_blame(String said) {
        assertEquals(Optional.empty(), GuestSystemd.refusal("web", said));
    }

    @ParameterizedTest
    @CsvSource({
        "usr/lib/systemd/libsystemd-shared-247.so, 247",
        "lib/systemd/libsystemd-shared-241.so, 241",
        "usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-252.so, 252",
        "usr/lib/systemd/libsystemd-shared-257.7-1.fc42.so, 257",
        "usr/lib64/systemd/libsystemd-shared-239.so, 239",
        "usr/lib/systemd/systemd, -1",
    })
    void the_name_of_its_library_tells_the_version(String file, int version, @TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.createFile(root.resolve(file));

        assertEquals(version, GuestSystemd.version(new GuestRoot(root)));
        assertEquals(version >= 243, GuestSystemd.hasOomPolicy(new GuestRoot(root)));
    }
}

package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.error.HarnessException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
}

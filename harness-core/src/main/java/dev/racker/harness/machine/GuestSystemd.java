package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the systemd of a guest can run payloads: {@code --pipe} came with 235, {@code Type=exec} with 240. */
final class GuestSystemd {

    private static final int OLDEST = 240;
    private static final String WORD = "systemd ";
    private static final Duration LOOK = Duration.ofSeconds(5);

    private GuestSystemd() {}

    /** Says why no payload can be run in a machine; to be asked when one failed as its own systemd-run(1) does. */
    static Optional<HarnessException> refusal(Machine machine) {
        return refusal(
                machine.name(),
                machine.tool(List.of("systemctl", "--version"), LOOK).text());
    }

    static Optional<HarnessException> refusal(String machine, String said) {
        int version = version(said);
        return version < 0 || version >= OLDEST
                ? Optional.empty()
                : Optional.of(new HarnessException(
                        "Tried to run a command in machine " + machine + ", but its systemd " + version
                                + " is too old for that: it takes " + OLDEST + " or newer.",
                        "Run the command without booting the image, with --systemd=false, or use a newer image."));
    }

    /** What {@code systemctl --version} begins with, such as "systemd 252 (252.39-1~deb12u1)"; -1 for anything else. */
    static int version(String said) {
        int end = WORD.length();
        while (end < said.length() && said.charAt(end) >= '0' && said.charAt(end) <= '9') {
            end++;
        }
        boolean number = said.startsWith(WORD) && end > WORD.length() && end < WORD.length() + 9;
        return number ? Integer.parseInt(said, WORD.length(), end, 10) : -1;
    }
}

package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the systemd of a guest can do for payloads: {@code --pipe} came with 235, {@code Type=exec} with 240,
 * {@code OOMPolicy=} with 243.
 */
final class GuestSystemd {

    private static final int OLDEST = 240;
    private static final int OOM_POLICY = 243;
    private static final String WORD = "systemd ";
    private static final String LIBRARY = "libsystemd-shared-";
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

    /**
     * Says whether it stops a whole service, with a result of its own and status 1 of systemd-run(1), when the kernel has
     * killed one of its processes, and can be asked not to. Where control groups are of version 1 it never does.
     */
    static boolean hasOomPolicy(GuestRoot root) {
        return version(root) >= OOM_POLICY;
    }

    /** Its version by the name of its library, without a process; -1 when that is not found. */
    static int version(GuestRoot root) {
        for (String directory : directories(root)) {
            int version = root.find(directory).map(GuestSystemd::libraryIn).orElse(-1);
            if (version >= 0) {
                return version;
            }
        }
        return -1;
    }

    /** Where distributions keep its library: beside its programs, or with the libraries of the architecture. */
    private static List<String> directories(GuestRoot root) {
        List<String> directories = new ArrayList<>(List.of("usr/lib/systemd", "lib/systemd", "usr/lib64/systemd"));
        for (String name : root.find("usr/lib").map(GuestSystemd::names).orElse(List.of())) {
            if (name.contains("-linux-gnu")) {
                directories.add("usr/lib/" + name + "/systemd");
            }
        }
        return directories;
    }

    private static int libraryIn(Path directory) {
        for (String name : names(directory)) {
            if (name.startsWith(LIBRARY)) {
                return version(WORD + name.substring(LIBRARY.length()));
            }
        }
        return -1;
    }

    private static List<String> names(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? List.of() : List.of(names);
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

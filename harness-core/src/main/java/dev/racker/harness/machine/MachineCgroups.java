package dev.racker.harness.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The cgroups that a running machine is in, one for each hierarchy of the host; see cgroups(7). */
final class MachineCgroups {

    private static final Path TOP = Path.of("/sys/fs/cgroup");
    private static final String PAYLOAD = "/payload";

    private final List<Path> tops = new ArrayList<>();

    private MachineCgroups(Path top, Iterable<String> lines) {
        for (String line : lines) {
            int first = line.indexOf(':');
            int second = line.indexOf(':', first + 1);
            Path hierarchy = hierarchy(top, line.substring(first + 1, second));
            String path = line.substring(second + 1);
            // Machines of ours are below the root: another path is that of a controller that they do not use.
            if (path.length() > 1 && !path.startsWith("/..") && Files.isDirectory(hierarchy)) {
                int payload = path.indexOf(PAYLOAD);
                tops.add(hierarchy.resolve(path.substring(1, payload > 0 ? payload : path.length())));
            }
        }
    }

    /** Looks at the machine of this process, its init or payload; empty when that has ended. */
    static MachineCgroups of(long leader) {
        try {
            return new MachineCgroups(TOP, Files.readAllLines(Path.of("/proc/" + leader + "/cgroup")));
        } catch (IOException e) {
            return new MachineCgroups(TOP, List.of());
        }
    }

    /** For a host whose hierarchies are mounted below {@code top}. */
    static MachineCgroups of(Path top, List<String> lines) {
        return new MachineCgroups(top, lines);
    }

    private static Path hierarchy(Path top, String controllers) {
        if (controllers.isEmpty()) {
            Path unified = top.resolve("unified");
            return Files.isDirectory(unified) ? unified : top;
        }
        return top.resolve(controllers.startsWith("name=") ? controllers.substring("name=".length()) : controllers);
    }

    /** The cgroups that all of the machine is in or below. */
    List<Path> tops() {
        return List.copyOf(tops);
    }

    /** Says whether the kernel has killed a process of the machine because its memory was used up. */
    boolean ranOutOfMemory() {
        for (Path cgroup : tops) {
            for (String file : List.of("memory.oom_control", "memory.events")) {
                if (OutOfMemory.counted(cgroup.resolve(file))) {
                    return true;
                }
            }
        }
        return false;
    }
}

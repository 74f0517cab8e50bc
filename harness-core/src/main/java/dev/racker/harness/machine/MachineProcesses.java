package dev.racker.harness.machine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The processes of a running machine in the host's numbering, without those that hold it. */
public final class MachineProcesses {

    private MachineProcesses() {}

    /**
     * Finds them in the machine's cgroup; empty when it has ended.
     *
     * @param cgroups the directories of the machine's cgroup, in each hierarchy
     */
    public static Set<Long> of(List<Path> cgroups) {
        Set<Long> processes = new TreeSet<>();
        for (Path cgroup : cgroups) {
            // Where systemd-nspawn puts what it starts, in the hierarchy that systemd keeps.
            Path payload = cgroup.resolve("payload");
            if (Files.isDirectory(payload)) {
                gather(payload, processes);
                if (!processes.isEmpty()) {
                    break;
                }
            }
        }
        return processes;
    }

    private static void gather(Path top, Set<Long> processes) {
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path cgroup, BasicFileAttributes attributes) {
                    read(cgroup.resolve("cgroup.procs"), processes);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE; // a cgroup that is gone by now
                }

                @Override
                public FileVisitResult postVisitDirectory(Path cgroup, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return; // the machine has ended
        }
    }

    private static void read(Path file, Set<Long> processes) {
        try {
            for (String line : Files.readAllLines(file)) {
                processes.add(Long.parseLong(line));
            }
        } catch (IOException e) {
            return; // gone by now, or a threaded cgroup
        }
    }
}

package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * The toolboxes of programs that the host has replaced since.
 *
 * @param parent where all toolboxes are
 * @param proc where the host's processes are seen, proc(5)
 */
public record OldToolboxes(Path parent, Path proc) {

    /** Longer than a machine takes from choosing its toolbox to seeing it. */
    private static final Duration LATELY = Duration.ofHours(1);

    /** Where the flags are behind the name, and the one of a process that ends: PF_EXITING of the kernel's sched.h. */
    private static final int FLAGS = 6;

    private static final long EXITING = 4;

    /**
     * Removes those that were not chosen lately and that no machine sees.
     *
     * @param machines where the runtime directories of all machines are
     * @param running the names of those of machines that run
     */
    public void remove(Path machines, Collection<String> running) {
        try {
            List<Path> all = all();
            if (all.size() < 2) {
                return; // usually there is the host's own alone
            }
            Path current = Toolbox.current(parent);
            List<String> seen = seen(machines, running);
            for (Path toolbox : all) {
                boolean used = toolbox.equals(current) || isRecent(toolbox) || isSeen(toolbox, seen);
                if (!used) {
                    Toolbox.remove(toolbox);
                }
            }
        } catch (NoSuchFileException e) {
            return; // somebody else removes them
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to remove what once started payloads in " + parent + ", but: " + e.getMessage() + ".",
                    null,
                    e);
        }
    }

    private List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            entries.forEach(all::add);
        } catch (NoSuchFileException e) {
            return all; // nothing was ever started without booting
        }
        return all;
    }

    private static boolean isRecent(Path toolbox) throws IOException {
        return Files.getLastModifiedTime(toolbox)
                .toInstant()
                .isAfter(Instant.now().minus(LATELY));
    }

    private static boolean isSeen(Path toolbox, List<String> seen) {
        String mounted = "/" + toolbox.getFileName() + " " + Toolbox.PLACE + " ";
        return seen.stream().anyMatch(mounts -> mounts.contains(mounted));
    }

    /** proc(5): a line for each mount has the directory in its file system and then the place where it is mounted. */
    private List<String> seen(Path machines, Collection<String> running) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String machine : running) {
            OptionalLong leader = MachinePlace.readLeader(machines.resolve(machine));
            if (leader.isPresent()) {
                Path process = proc.resolve(Long.toString(leader.getAsLong()));
                try {
                    seen.add(Files.readString(process.resolve("mountinfo")));
                } catch (IOException e) {
                    if (!hasEnded(process)) {
                        throw e;
                    }
                }
            }
        }
        return seen;
    }

    /** proc(5): a process that is ending has no mounts any more, whatever its state is still; its flags tell. */
    private static boolean hasEnded(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[FLAGS]) & EXITING) != 0;
        } catch (IOException e) {
            return !Files.exists(process);
        }
    }
}

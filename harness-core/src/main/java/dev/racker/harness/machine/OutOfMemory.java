package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Whether the kernel has killed something in a machine whose memory is limited. As long as it runs, its cgroup tells;
 * the supervisor writes it down before that goes. The file is held open, because it goes too.
 */
final class OutOfMemory implements AutoCloseable {

    private static final String FILE = "oom";
    private static final String COUNT = "oom_kill ";

    private final InputStream report;
    private final long leader;
    private boolean known;

    private OutOfMemory(InputStream report, long leader) {
        this.report = report;
        this.leader = leader;
    }

    /** Makes the file that the supervisor writes to, when the memory is limited. */
    static void install(MachineSpec spec) throws IOException {
        if (spec.limits().memory() != 0) {
            Files.createFile(spec.place().run().resolve(FILE));
        }
    }

    /** Begins to watch; there is nothing to watch when the memory is not limited. */
    static OutOfMemory watch(MachineSpec spec, long leader) {
        if (spec.limits().memory() == 0) {
            return new OutOfMemory(InputStream.nullInputStream(), leader);
        }
        try {
            return new OutOfMemory(Files.newInputStream(spec.place().run().resolve(FILE)), leader);
        } catch (NoSuchFileException e) {
            return new OutOfMemory(InputStream.nullInputStream(), leader); // it has ended already
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to watch the memory of machine " + spec.name() + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    boolean happened() {
        if (!known) {
            known = written() || MachineCgroups.of(leader).ranOutOfMemory();
        }
        return known;
    }

    private boolean written() {
        try {
            return report.read() >= 0;
        } catch (IOException e) {
            return false; // closed
        }
    }

    /** Says whether a file such as memory.events counts a process that was killed. */
    static boolean counted(Path file) {
        try {
            for (String line : Files.readString(file, StandardCharsets.US_ASCII).split("\n")) {
                if (line.startsWith(COUNT) && !line.equals(COUNT + "0")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // a hierarchy without this controller, or a machine that has ended
        }
    }

    @Override
    public void close() {
        try {
            report.close();
        } catch (IOException e) {
            throw new HarnessException("Tried to close a file, but: " + e.getMessage() + ".", null, e);
        }
    }
}

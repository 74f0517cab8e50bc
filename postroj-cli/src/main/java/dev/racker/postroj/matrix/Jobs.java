package dev.racker.postroj.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How many machines run at once when nobody says so. */
public final class Jobs {

    /** What a booted machine and an installation in it take at most, by experience. */
    private static final long MEMORY_OF_ONE = 512L << 20;

    private Jobs() {}

    /** Two for each core, because much of a machine's time is waiting; fewer when memory is short; at least one. */
    public static int byDefault(int cells) {
        return cells < 2 ? 1 : of(cells, Runtime.getRuntime().availableProcessors(), availableMemory());
    }

    static int of(int cells, int cores, long memory) {
        long affordable = Math.min(2L * cores, memory / MEMORY_OF_ONE);
        return (int) Math.max(1, Math.min(cells, affordable));
    }

    /** What to tell somebody who asks for so many at once; empty when the memory that is free now will hold them. */
    public static Optional<String> doubt(int jobs) {
        return doubt(jobs, availableMemory());
    }

    static Optional<String> doubt(int jobs, long memory) {
        long needed = jobs * MEMORY_OF_ONE;
        return needed <= memory
                ? Optional.empty()
                : Optional.of(jobs + " machines at once may take " + (needed >> 20) + " MiB of memory, and "
                        + (memory >> 20) + " MiB are free.");
    }

    /** MemAvailable of proc_meminfo(5), in bytes; without bounds when the kernel does not tell. */
    private static long availableMemory() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException e) {
            return Long.MAX_VALUE; // no /proc: then nothing else will work either, and says so
        }
        return Long.MAX_VALUE;
    }
}

package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;

/**
 * How much of the host a machine may use, in docker's terms; 0 and the empty text stand for "not limited".
 *
 * @param memory bytes of memory
 * @param memorySwap bytes of memory and swap together; -1 for unlimited swap, 0 for twice the memory
 * @param memoryReservation bytes that it is pushed back to when memory is scarce
 * @param nanoCpus processors in units of 10^-9
 * @param cpuPeriod microseconds in which {@code cpuQuota} may be used up
 * @param cpuQuota microseconds of processor time in each period
 * @param cpuShares weight among those who compete for processors; 1024 is usual
 * @param cpus the processors that it may use, such as {@code 0-2,7}
 * @param memoryNodes the memory nodes that it may use, likewise
 * @param pids processes and threads; -1 for unlimited
 * @param blkioWeight weight among those who compete for disks, 10 to 1000
 */
public record Limits(
        long memory,
        long memorySwap,
        long memoryReservation,
        long nanoCpus,
        long cpuPeriod,
        long cpuQuota,
        long cpuShares,
        String cpus,
        String memoryNodes,
        long pids,
        int blkioWeight) {

    private static final Limits NONE = new Limits(0, 0, 0, 0, 0, 0, 0, "", "", 0, 0);
    private static final long LEAST_MEMORY = 6L << 20;
    private static final long PERIOD = 100_000;

    /**
     * Checks what does not depend on the host.
     *
     * @throws HarnessException when a value is out of range, or two contradict each other
     */
    public Limits {
        checkMemory(memory, memorySwap, memoryReservation);
        checkCpu(nanoCpus, cpuPeriod, cpuQuota, cpuShares);
        NumberSet.check("--cpuset-cpus", cpus);
        NumberSet.check("--cpuset-mems", memoryNodes);
        if (blkioWeight != 0 && (blkioWeight < 10 || blkioWeight > 1000)) {
            throw wrong("--blkio-weight", blkioWeight, "it is out of range", "Give a weight from 10 to 1000.");
        }
    }

    /** Limits nothing. */
    public static Limits none() {
        return NONE;
    }

    /** Says whether nothing is limited. */
    public boolean isNone() {
        // the first equals of a record makes the JVM generate code, which takes as long as a tenth of a boot
        return memory == 0
                && memorySwap == 0
                && memoryReservation == 0
                && nanoCpus == 0
                && cpuPeriod == 0
                && cpuQuota == 0
                && cpuShares == 0
                && cpus.isEmpty()
                && memoryNodes.isEmpty()
                && pids == 0
                && blkioWeight == 0;
    }

    /** The same with this much memory in bytes. */
    public Limits withMemory(long bytes) {
        return new Limits(
                bytes,
                memorySwap,
                memoryReservation,
                nanoCpus,
                cpuPeriod,
                cpuQuota,
                cpuShares,
                cpus,
                memoryNodes,
                pids,
                blkioWeight);
    }

    /** The same with this many processes and threads. */
    public Limits withPids(long most) {
        return new Limits(
                memory,
                memorySwap,
                memoryReservation,
                nanoCpus,
                cpuPeriod,
                cpuQuota,
                cpuShares,
                cpus,
                memoryNodes,
                most,
                blkioWeight);
    }

    /** The bytes of memory and swap together that follow from what was asked for; -1 for no limit. */
    long swapLimit() {
        return memorySwap != 0 ? memorySwap : memory == 0 ? -1 : 2 * memory;
    }

    /** The microseconds of processor time in each {@link #period()}; 0 or below for no limit. */
    long quota() {
        return nanoCpus == 0 ? cpuQuota : nanoCpus * PERIOD / 1_000_000_000;
    }

    long period() {
        return cpuPeriod == 0 ? PERIOD : cpuPeriod;
    }

    private static void checkMemory(long memory, long swap, long reservation) {
        if (memory != 0 && memory < LEAST_MEMORY) {
            throw wrong("--memory", MemorySize.text(memory), "a machine needs at least 6 MB", "Give more, such as 6m.");
        }
        if (swap < -1) {
            throw wrong("--memory-swap", swap, "that is no size", "Give a size, or -1 for unlimited swap.");
        }
        if (swap > 0 && memory == 0) {
            throw wrong("--memory-swap", MemorySize.text(swap), "there is no --memory", "Give --memory, too.");
        }
        if (swap > 0 && swap < memory) {
            throw wrong(
                    "--memory-swap",
                    MemorySize.text(swap),
                    "it is less than --memory " + MemorySize.text(memory),
                    "Give memory and swap together, or -1 for unlimited swap.");
        }
        if (reservation != 0 && reservation < LEAST_MEMORY) {
            throw wrong(
                    "--memory-reservation",
                    MemorySize.text(reservation),
                    "a machine needs at least 6 MB",
                    "Give more, such as 6m.");
        }
        if (memory != 0 && reservation > memory) {
            throw wrong(
                    "--memory-reservation",
                    MemorySize.text(reservation),
                    "it is more than --memory " + MemorySize.text(memory),
                    "Give at most as much as --memory.");
        }
    }

    private static void checkCpu(long nanoCpus, long period, long quota, long shares) {
        if (nanoCpus != 0 && (period != 0 || quota != 0)) {
            throw new HarnessException(
                    "Tried to read --cpus, but --cpu-period and --cpu-quota say the same in another way.",
                    "Give --cpus alone.");
        }
        if (nanoCpus < 0 || nanoCpus != 0 && nanoCpus < 10_000_000) {
            throw wrong("--cpus", nanoCpus / 1e9, "the least is 0.01", "Give a number of processors, such as 0.5.");
        }
        if (period != 0 && (period < 1000 || period > 1_000_000)) {
            throw wrong("--cpu-period", period, "it is out of range", "Give microseconds from 1000 to 1000000.");
        }
        if (quota > 0 && quota < 1000) {
            throw wrong("--cpu-quota", quota, "it is out of range", "Give at least 1000 microseconds.");
        }
        if (shares < 0 || shares == 1 || shares > 262_144) {
            throw wrong("--cpu-shares", shares, "it is out of range", "Give a weight from 2 to 262144.");
        }
    }

    private static HarnessException wrong(String option, Object value, String reason, String hint) {
        return new HarnessException("Tried to read " + option + " \"" + value + "\", but " + reason + ".", hint);
    }

    /** Writes what is limited into the object that the writer is in. */
    public void write(JsonWriter json) {
        number(json, "memory", memory);
        number(json, "memory_swap", memorySwap);
        number(json, "memory_reservation", memoryReservation);
        number(json, "nano_cpus", nanoCpus);
        number(json, "cpu_period", cpuPeriod);
        number(json, "cpu_quota", cpuQuota);
        number(json, "cpu_shares", cpuShares);
        json.string("cpuset_cpus", cpus.isEmpty() ? null : cpus);
        json.string("cpuset_mems", memoryNodes.isEmpty() ? null : memoryNodes);
        number(json, "pids", pids);
        number(json, "blkio_weight", blkioWeight);
    }

    private static void number(JsonWriter json, String name, long value) {
        if (value != 0) {
            json.number(name, value);
        }
    }

    /** Reads an object of what {@link #write} writes. */
    public static Limits read(JsonReader in) {
        long[] numbers = new long[9];
        String cpus = "";
        String memoryNodes = "";
        in.object();
        for (String property = in.property(); property != null; property = in.property()) {
            switch (property) {
                case "memory" -> numbers[0] = in.number();
                case "memory_swap" -> numbers[1] = in.number();
                case "memory_reservation" -> numbers[2] = in.number();
                case "nano_cpus" -> numbers[3] = in.number();
                case "cpu_period" -> numbers[4] = in.number();
                case "cpu_quota" -> numbers[5] = in.number();
                case "cpu_shares" -> numbers[6] = in.number();
                case "cpuset_cpus" -> cpus = in.string();
                case "cpuset_mems" -> memoryNodes = in.string();
                case "pids" -> numbers[7] = in.number();
                case "blkio_weight" -> numbers[8] = in.number();
                default -> in.skip();
            }
        }
        return new Limits(
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                cpus,
                memoryNodes,
                numbers[7],
                (int) numbers[8]);
    }
}

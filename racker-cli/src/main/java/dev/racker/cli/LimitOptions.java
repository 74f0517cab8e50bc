package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.MemorySize;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How much of the host a machine may use, as it was typed. */
final class LimitOptions {

    @Option(
            names = {"-m", "--memory"},
            paramLabel = "SIZE",
            description = "Let the machine use this much memory, such as 512m.")
    private String memory;

    @Option(
            names = "--memory-swap",
            paramLabel = "SIZE",
            description = "Let it use this much memory and swap together; -1 for unlimited swap (default: twice the "
                    + "memory).")
    private String memorySwap;

    @Option(
            names = "--memory-reservation",
            paramLabel = "SIZE",
            description = "Push it back to this much when memory is scarce.")
    private String memoryReservation;

    @Option(names = "--cpus", paramLabel = "NUMBER", description = "Let it use this many processors, such as 1.5.")
    private String cpus;

    @Option(
            names = "--cpu-period",
            paramLabel = "MICROSECONDS",
            description = "Count --cpu-quota in this time (default: 100000).")
    private Long cpuPeriod;

    @Option(
            names = "--cpu-quota",
            paramLabel = "MICROSECONDS",
            description = "Let it use this much processor time in each period.")
    private Long cpuQuota;

    @Option(
            names = {"-c", "--cpu-shares"},
            paramLabel = "WEIGHT",
            description = "Weigh it against others when processors are busy; usual is 1024.")
    private Long cpuShares;

    @Option(names = "--cpuset-cpus", paramLabel = "LIST", description = "Let it use these processors, such as 0-2,7.")
    private String cpuSet;

    @Option(names = "--cpuset-mems", paramLabel = "LIST", description = "Let it use these memory nodes.")
    private String memorySet;

    @Option(
            names = "--pids-limit",
            paramLabel = "NUMBER",
            description = "Let it have this many processes and threads; -1 for unlimited.")
    private Long pids;

    @Option(
            names = "--blkio-weight",
            paramLabel = "WEIGHT",
            description = "Weigh it against others when disks are busy, 10 to 1000.")
    private Integer blkioWeight;

    /**
     * Gives what is limited.
     *
     * @throws HarnessException when a text is not understood or out of range
     */
    Limits limits() {
        return changing(Limits.none());
    }

    /** Says whether nothing was asked for. */
    boolean isEmpty() {
        return Stream.of(
                        memory,
                        memorySwap,
                        memoryReservation,
                        cpus,
                        cpuPeriod,
                        cpuQuota,
                        cpuShares,
                        cpuSet,
                        memorySet,
                        pids,
                        blkioWeight)
                .allMatch(Objects::isNull);
    }

    /**
     * Gives these limits with what was asked for in their place.
     *
     * @throws HarnessException when a text is not understood or out of range, or contradicts what stays
     */
    Limits changing(Limits old) {
        boolean fraction = cpus != null;
        boolean quota = cpuPeriod != null || cpuQuota != null;
        return new Limits(
                size("--memory", memory, old.memory()),
                "-1".equals(memorySwap) ? -1 : size("--memory-swap", memorySwap, old.memorySwap()),
                size("--memory-reservation", memoryReservation, old.memoryReservation()),
                fraction ? nano(cpus) : quota ? 0 : old.nanoCpus(),
                value(cpuPeriod, fraction ? 0 : old.cpuPeriod()),
                value(cpuQuota, fraction ? 0 : old.cpuQuota()),
                value(cpuShares, old.cpuShares()),
                cpuSet == null ? old.cpus() : cpuSet,
                memorySet == null ? old.memoryNodes() : memorySet,
                value(pids, old.pids()),
                blkioWeight == null ? old.blkioWeight() : blkioWeight);
    }

    private static long size(String option, String text, long old) {
        return text == null ? old : MemorySize.parse(option, text);
    }

    private static long value(Long number, long old) {
        return number == null ? old : number;
    }

    private static long nano(String text) {
        try {
            return new BigDecimal(text).movePointRight(9).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw new HarnessException(
                    "Tried to read --cpus \"" + text + "\", but that is no number of processors.",
                    "Write a number such as 1.5.",
                    e);
        }
    }
}

package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.MemorySize;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;
import java.math.BigDecimal;

/** How much of the host a machine may use, as it was typed. */
final class LimitOptions extends Options {

    private final Value<String> memory =
            text("-m, --memory", "SIZE", "Let the machine use this much memory, such as 512m.");

    private final Value<String> memorySwap = text(
            "--memory-swap",
            "SIZE",
            "Let it use this much memory and swap together; -1 for unlimited swap (default: twice the memory).");

    private final Value<String> memoryReservation =
            text("--memory-reservation", "SIZE", "Push it back to this much when memory is scarce.");

    private final Value<String> cpus = text("--cpus", "NUMBER", "Let it use this many processors, such as 1.5.");

    private final Value<Long> cpuPeriod =
            value(Long.class, "--cpu-period", "MICROSECONDS", "Count --cpu-quota in this time (default: 100000).");

    private final Value<Long> cpuQuota =
            value(Long.class, "--cpu-quota", "MICROSECONDS", "Let it use this much processor time in each period.");

    private final Value<Long> cpuShares = value(
            Long.class,
            "-c, --cpu-shares",
            "WEIGHT",
            "Weigh it against others when processors are busy; usual is 1024.");

    private final Value<String> cpuSet = text("--cpuset-cpus", "LIST", "Let it use these processors, such as 0-2,7.");

    private final Value<String> memorySet = text("--cpuset-mems", "LIST", "Let it use these memory nodes.");

    private final Value<Long> pids = value(
            Long.class, "--pids-limit", "NUMBER", "Let it have this many processes and threads; -1 for unlimited.");

    private final Value<Integer> blkioWeight = value(
            Integer.class, "--blkio-weight", "WEIGHT", "Weigh it against others when disks are busy, 10 to 1000.");

    /**
     * Gives what is limited.
     *
     * @throws HarnessException when a text is not understood or out of range
     */
    Limits limits() {
        return areGiven() ? changing(Limits.none()) : Limits.none();
    }

    /**
     * Gives these limits with what was asked for in their place.
     *
     * @throws HarnessException when a text is not understood or out of range, or contradicts what stays
     */
    Limits changing(Limits old) {
        boolean fraction = cpus.given() != null;
        boolean quota = cpuPeriod.given() != null || cpuQuota.given() != null;
        return new Limits(
                size("--memory", memory.given(), old.memory()),
                "-1".equals(memorySwap.given()) ? -1 : size("--memory-swap", memorySwap.given(), old.memorySwap()),
                size("--memory-reservation", memoryReservation.given(), old.memoryReservation()),
                fraction ? nano(cpus.given()) : quota ? 0 : old.nanoCpus(),
                value(cpuPeriod.given(), fraction ? 0 : old.cpuPeriod()),
                value(cpuQuota.given(), fraction ? 0 : old.cpuQuota()),
                value(cpuShares.given(), old.cpuShares()),
                cpuSet.given() == null ? old.cpus() : cpuSet.given(),
                memorySet.given() == null ? old.memoryNodes() : memorySet.given(),
                value(pids.given(), old.pids()),
                blkioWeight.given() == null ? old.blkioWeight() : blkioWeight.given());
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

package dev.racker.harness.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * What each limit is for the kernel and for systemd: files of cgroups(7) in both versions, and properties of
 * systemd.resource-control(5) for hosts of both kinds.
 *
 * @param option by which the limit is asked for
 * @param controller its controller in version 1
 * @param controller2 its controller in version 2
 * @param files what is written in version 1
 * @param files2 what is written in version 2
 * @param properties what a unit gets on a host that has the controller in version 1; empty when systemd cannot do it
 * @param properties2 what a unit gets on a host that has it in version 2
 */
record LimitRules(
        String option,
        String controller,
        String controller2,
        List<CgroupSetting> files,
        List<CgroupSetting> files2,
        List<String> properties,
        List<String> properties2) {

    /** The rules for whatever is limited. */
    static List<LimitRules> of(Limits limits, int ownProcesses) {
        List<LimitRules> rules = new ArrayList<>();
        memory(limits, rules);
        processors(limits, rules);
        sets(limits, rules);
        if (limits.pids() != 0) {
            boolean unlimited = limits.pids() < 0;
            // systemd-nspawn starts a machine with the help of another process.
            String most = unlimited ? "max" : Long.toString(Math.max(limits.pids(), 2) + ownProcesses);
            List<String> property = List.of("TasksMax=" + (unlimited ? "infinity" : most));
            List<CgroupSetting> file = List.of(new CgroupSetting("pids.max", most));
            rules.add(new LimitRules("--pids-limit", "pids", "pids", file, file, property, property));
        }
        if (limits.blkioWeight() != 0) {
            weight(limits.blkioWeight(), rules);
        }
        return rules;
    }

    private static void memory(Limits limits, List<LimitRules> rules) {
        long swap = limits.swapLimit();
        if (limits.memory() != 0) {
            List<CgroupSetting> files = new ArrayList<>();
            List<CgroupSetting> files2 = new ArrayList<>();
            List<String> properties2 = new ArrayList<>();
            String bytes = Long.toString(limits.memory());
            files.add(new CgroupSetting("memory.limit_in_bytes", bytes));
            files2.add(new CgroupSetting("memory.max", bytes));
            properties2.add("MemoryMax=" + bytes);
            files.add(new CgroupSetting("memory.memsw.limit_in_bytes", Long.toString(swap)));
            String more = swap < 0 ? "max" : Long.toString(swap - limits.memory());
            files2.add(new CgroupSetting("memory.swap.max", more));
            properties2.add("MemorySwapMax=" + (swap < 0 ? "infinity" : more));
            rules.add(new LimitRules(
                    "--memory", "memory", "memory", files, files2, List.of("MemoryLimit=" + bytes), properties2));
        }
        if (limits.memoryReservation() != 0) {
            String bytes = Long.toString(limits.memoryReservation());
            rules.add(new LimitRules(
                    "--memory-reservation",
                    "memory",
                    "memory",
                    List.of(new CgroupSetting("memory.soft_limit_in_bytes", bytes)),
                    List.of(new CgroupSetting("memory.low", bytes)),
                    List.of(),
                    List.of("MemoryLow=" + bytes)));
        }
    }

    private static void processors(Limits limits, List<LimitRules> rules) {
        long quota = limits.quota();
        long period = limits.period();
        if (quota != 0 || limits.cpuPeriod() != 0) {
            String most = quota > 0 ? Long.toString(quota) : "max";
            List<String> properties = new ArrayList<>();
            // systemd.resource-control(5) wants a percentage; its quotient with the period is the quota again.
            properties.add("CPUQuota=" + (quota > 0 ? percent(quota, period) : ""));
            if (limits.cpuPeriod() != 0) {
                properties.add("CPUQuotaPeriodSec=" + period + "us");
            }
            rules.add(new LimitRules(
                    limits.nanoCpus() != 0 ? "--cpus" : "--cpu-quota",
                    "cpu",
                    "cpu",
                    List.of(
                            new CgroupSetting("cpu.cfs_period_us", Long.toString(period)),
                            new CgroupSetting("cpu.cfs_quota_us", Long.toString(quota > 0 ? quota : -1))),
                    List.of(new CgroupSetting("cpu.max", most + " " + period)),
                    properties,
                    properties));
        }
        if (limits.cpuShares() != 0) {
            long shares = limits.cpuShares();
            // The kernel's ranges are 2 to 262144 in version 1, and 1 to 10000 in version 2.
            long weight = 1 + (shares - 2) * 9999 / 262_142;
            rules.add(new LimitRules(
                    "--cpu-shares",
                    "cpu",
                    "cpu",
                    List.of(new CgroupSetting("cpu.shares", Long.toString(shares))),
                    List.of(new CgroupSetting("cpu.weight", Long.toString(weight))),
                    List.of("CPUShares=" + shares),
                    List.of("CPUWeight=" + weight)));
        }
    }

    /** In hundredths of a percent, the finest that systemd takes. */
    private static String percent(long quota, long period) {
        long hundredths = Math.max(1, (quota * 10_000 + period / 2) / period);
        return hundredths / 100
                + (hundredths % 100 == 0 ? "" : "." + (hundredths % 100 < 10 ? "0" : "") + hundredths % 100) + "%";
    }

    private static void sets(Limits limits, List<LimitRules> rules) {
        if (!limits.cpus().isEmpty()) {
            rules.add(set("--cpuset-cpus", "cpuset.cpus", "AllowedCPUs=", limits.cpus()));
        }
        if (!limits.memoryNodes().isEmpty()) {
            rules.add(set("--cpuset-mems", "cpuset.mems", "AllowedMemoryNodes=", limits.memoryNodes()));
        }
    }

    private static LimitRules set(String option, String file, String property, String numbers) {
        List<CgroupSetting> files = List.of(new CgroupSetting(file, numbers));
        return new LimitRules(option, "cpuset", "cpuset", files, files, List.of(), List.of(property + numbers));
    }

    private static void weight(int weight, List<LimitRules> rules) {
        // The ranges are 10 to 1000 in version 1 and of the scheduler BFQ, and 1 to 10000 of io.cost in version 2.
        long cost = 1 + (weight - 10) * 9999L / 990;
        rules.add(new LimitRules(
                "--blkio-weight",
                "blkio",
                "io",
                List.of(
                        new CgroupSetting("blkio.weight", Integer.toString(weight)),
                        new CgroupSetting("blkio.bfq.weight", Integer.toString(weight))),
                List.of(
                        new CgroupSetting("io.bfq.weight", Integer.toString(weight)),
                        new CgroupSetting("io.weight", Long.toString(cost))),
                List.of("BlockIOWeight=" + weight),
                List.of("IOWeight=" + cost)));
    }
}

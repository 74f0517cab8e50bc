package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What limits become in the words of systemd. */
class UnitLimitsTest extends LimitPlanCase {

    @Test
    void units_are_limited_in_the_words_of_version_2() throws IOException {
        unified("cpuset cpu io memory pids", "");

        UnitLimits plan = UnitLimits.of(host().cgroups(), ALL, List.of());

        assertEquals(
                List.of(
                        "MemoryMax=10485760",
                        "MemorySwapMax=5242880",
                        "MemoryLow=8388608",
                        "CPUQuota=150%",
                        "CPUWeight=20",
                        "AllowedCPUs=0-1",
                        "AllowedMemoryNodes=0",
                        "TasksMax=104",
                        "IOWeight=4950"),
                plan.properties());
        assertEquals(List.of(), plan.unenforced());
    }

    @Test
    void units_are_limited_in_the_words_of_version_1_as_far_as_systemd_goes() throws IOException {
        version1("memory", "cpu,cpuacct", "cpuset", "pids", "blkio");

        UnitLimits plan = UnitLimits.of(host().cgroups(), ALL, List.of());

        assertEquals(
                List.of("MemoryLimit=10485760", "CPUQuota=150%", "CPUShares=512", "TasksMax=104", "BlockIOWeight=500"),
                plan.properties());
        assertEquals(
                List.of("--memory-swap", "--memory-reservation", "--cpuset-cpus", "--cpuset-mems"),
                plan.unenforced().stream().map(Unenforced::option).toList());
    }

    @Test
    void units_without_controllers_are_told_of() throws IOException {
        unified("", "");

        UnitLimits plan = UnitLimits.of(host().cgroups(), MEMORY, List.of());

        assertEquals(
                List.of("This host cannot enforce --memory: the cgroup controller \"memory\" is missing."),
                messages(plan.unenforced()));
    }

    @Test
    void fractions_of_a_processor_are_quotas() throws IOException {
        unified("cpu", "cpu");
        Limits third = new Limits(0, 0, 0, 0, 30_000, 10_000, 0, "", "", 0, 0);
        Limits unlimited = new Limits(0, 0, 0, 0, 0, -1, 0, "", "", -1, 0);

        assertEquals(
                List.of("CPUQuota=33.33%", "CPUQuotaPeriodSec=30000us"),
                UnitLimits.of(host().cgroups(), third, List.of()).properties());
        assertEquals(
                List.of("CPUQuota=", "TasksMax=infinity"),
                UnitLimits.of(host().cgroups(), unlimited, List.of()).properties());
        assertEquals(List.of("r cpu.max=max 100000"), lines(direct(unlimited)));
    }

    @Test
    void units_get_the_devices_that_nspawn_needs_beside_their_own() throws IOException {
        unified("", "");

        List<String> properties = UnitLimits.of(host().cgroups(), Limits.none(), List.of(Device.parse("/dev/zero:r")))
                .properties();

        assertEquals("DevicePolicy=closed", properties.get(0));
        assertTrue(properties.contains("DeviceAllow=char-pts rw"), properties.toString());
        assertEquals("DeviceAllow=/dev/zero rm", properties.get(properties.size() - 1));
        assertEquals(
                List.of(),
                UnitLimits.of(host().cgroups(), Limits.none(), List.of(Device.parse("/dev/zero")))
                        .properties());
    }
}

package dev.racker.harness.machine;

/**
 * What a machine uses at one moment.
 *
 * @param cpuNanos processor time since it was started
 * @param memory bytes of memory, without what the kernel could give back at once
 * @param memoryLimit bytes that it may use
 * @param received bytes that came over its network
 * @param sent bytes that went over its network
 * @param read bytes read from disks
 * @param written bytes written to disks
 * @param tasks processes and threads
 */
public record MachineUsage(
        long cpuNanos, long memory, long memoryLimit, long received, long sent, long read, long written, long tasks) {}

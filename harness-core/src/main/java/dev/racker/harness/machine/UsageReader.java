package dev.racker.harness.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Reads what a machine uses from the controllers of its cgroup, in either version, and from /proc for what no controller
 * counts.
 */
public final class UsageReader {

    private static final int PAGE = 4096;

    private final List<Path> cgroups;
    private final List<Path> places;
    private final long leader;
    private final Path proc;
    private final long hostMemory;

    /**
     * Takes a running machine.
     *
     * @param cgroups the directories of its cgroup, in each hierarchy
     * @param leader the process id of its init or payload
     * @param hostMemory the memory of the host in bytes
     */
    public UsageReader(List<Path> cgroups, long leader, long hostMemory) {
        this(cgroups, leader, hostMemory, Path.of("/proc"));
    }

    UsageReader(List<Path> cgroups, long leader, long hostMemory, Path proc) {
        this.cgroups = List.copyOf(cgroups);
        this.places = cgroups.stream().flatMap(UsageReader::places).toList();
        this.leader = leader;
        this.hostMemory = hostMemory;
        this.proc = proc;
    }

    /**
     * Looks once; what cannot be known, because the machine has just ended, is 0.
     *
     * @param ownNetwork whether the machine's network is its own
     */
    public MachineUsage read(boolean ownNetwork) {
        Set<Long> processes = MachineProcesses.of(cgroups);
        long[] network = ownNetwork ? network() : new long[2];
        long[] disk = disk(processes);
        return new MachineUsage(
                cpu(), memory(processes), limit(), network[0], network[1], disk[0], disk[1], tasks(processes));
    }

    private long cpu() {
        long nanos = number("cpuacct.usage");
        return nanos >= 0 ? nanos : 1000 * Math.max(0, field("cpu.stat", "usage_usec"));
    }

    private long memory(Set<Long> processes) {
        long old = number("memory.usage_in_bytes");
        if (old >= 0) {
            return Math.max(0, old - Math.max(0, field("memory.stat", "total_inactive_file")));
        }
        long current = number("memory.current");
        if (current >= 0) {
            return Math.max(0, current - Math.max(0, field("memory.stat", "inactive_file")));
        }
        // proc(5): the second number of statm is the resident set.
        return sum(processes, process -> word(text(proc.resolve(process + "/statm")), 1) * PAGE);
    }

    private long limit() {
        long limit = hostMemory;
        for (Path place : places) {
            for (String file : List.of("memory.limit_in_bytes", "memory.max")) {
                long found = word(text(place.resolve(file)), 0);
                limit = found < 0 ? limit : Math.min(limit, found);
            }
        }
        return limit;
    }

    private long tasks(Set<Long> processes) {
        return sum(processes, process -> Math.max(0, labelled(text(proc.resolve(process + "/status")), "Threads:")));
    }

    /** proc(5), /proc/PID/net/dev: eight numbers of what was received, then those of what was sent. */
    private long[] network() {
        long[] bytes = new long[2];
        for (String line : text(proc.resolve(leader + "/net/dev")).split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.substring(0, colon).strip().equals("lo")) {
                String numbers = line.substring(colon + 1).strip();
                bytes[0] += word(numbers, 0);
                bytes[1] += word(numbers, 8);
            }
        }
        return bytes;
    }

    private long[] disk(Set<Long> processes) {
        String old = find("blkio.throttle.io_service_bytes_recursive");
        String stat = old == null ? find("io.stat") : null;
        long[] bytes = new long[2];
        if (old != null) {
            for (String line : old.split("\n")) { // 8:0 Read 4096
                bytes[0] += line.contains(" Read ") ? word(line, 2) : 0;
                bytes[1] += line.contains(" Write ") ? word(line, 2) : 0;
            }
        } else if (stat != null) {
            for (String word : stat.split("\\s")) { // 8:0 rbytes=4096 wbytes=0
                bytes[0] += word.startsWith("rbytes=") ? Long.parseLong(word.substring(7)) : 0;
                bytes[1] += word.startsWith("wbytes=") ? Long.parseLong(word.substring(7)) : 0;
            }
        } else {
            bytes[0] = sum(processes, process -> labelled(text(proc.resolve(process + "/io")), "read_bytes:"));
            bytes[1] = sum(processes, process -> labelled(text(proc.resolve(process + "/io")), "write_bytes:"));
        }
        return bytes;
    }

    private static long sum(Set<Long> processes, ToLongFunction<Long> each) {
        long sum = 0;
        for (Long process : processes) {
            sum += Math.max(0, each.applyAsLong(process));
        }
        return sum;
    }

    /** The number in a file of the machine's cgroup; -1 when there is none, or no number in it. */
    private long number(String file) {
        String text = find(file);
        return text == null ? -1 : word(text, 0);
    }

    private long field(String file, String key) {
        String text = find(file);
        return text == null ? -1 : labelled(text, key);
    }

    /** The text of the file where the payload is, or above it, in whatever hierarchy has it; null for nowhere. */
    private String find(String file) {
        for (Path place : places) {
            String text = text(place.resolve(file));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    /** In version 1 the directory of the payload may be there, while all processes are counted above it. */
    private static Stream<Path> places(Path cgroup) {
        boolean empty = MachineProcesses.of(List.of(cgroup)).isEmpty();
        return empty ? Stream.of(cgroup) : Stream.of(cgroup.resolve("payload"), cgroup);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // no such controller, or the machine has ended
        }
    }

    private static long labelled(String text, String key) {
        for (String line : text.split("\n")) {
            if (line.startsWith(key)
                    && line.length() > key.length()
                    && Character.isWhitespace(line.charAt(key.length()))) {
                return word(line.substring(key.length()), 0);
            }
        }
        return -1;
    }

    private static long word(String text, int index) {
        String[] words = text.strip().split("\\s+");
        if (words.length <= index) {
            return -1;
        }
        try {
            return Long.parseLong(words[index]);
        } catch (NumberFormatException e) {
            return -1; // "max"
        }
    }
}

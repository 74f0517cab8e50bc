package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What a host can limit. */
public final class HostLimits {

    private final Path root;
    private final Host host;
    private final MachineLauncher machines;

    /**
     * Takes the host, and what starts machines on it.
     *
     * @param root of the host's file system
     */
    public HostLimits(Path root, Host host, MachineLauncher machines) {
        this.root = root;
        this.host = host;
        this.machines = machines;
    }

    /**
     * What this host cannot enforce of these limits, and of the access to these devices.
     *
     * @throws HarnessException when it has not the processors, memory nodes or devices that are named
     */
    public List<Unenforced> unenforced(Limits limits, List<Device> devices) {
        check(limits, root, host);
        List<Device> each = new ArrayList<>(devices.size());
        devices.forEach(device -> each.addAll(device.each()));
        for (Device device : each) {
            DeviceNode.of(device.source());
        }
        return machines.unenforced(limits, each);
    }

    /**
     * Gives a machine that runs other limits.
     *
     * @throws HarnessException when the kernel or systemd refuses
     */
    public void change(MachineSpec spec, Limits limits) {
        machines.change(spec.with(limits));
    }

    /**
     * Refuses processors and memory nodes that the host does not have, as docker does.
     *
     * @param root of the host's file system
     * @throws HarnessException when there are fewer
     */
    static void check(Limits limits, Path root, Host host) {
        if (limits.nanoCpus() > host.cpus() * 1_000_000_000L) {
            throw new HarnessException(
                    "Tried to read --cpus \"" + limits.nanoCpus() / 1e9 + "\", but this host has " + host.cpus()
                            + " processors.",
                    "Give a number from 0.01 to " + host.cpus() + ".");
        }
        check("--cpuset-cpus", limits.cpus(), root.resolve("sys/devices/system/cpu/online"));
        check("--cpuset-mems", limits.memoryNodes(), root.resolve("sys/devices/system/node/online"));
    }

    private static void check(String option, String wanted, Path online) {
        if (wanted.isEmpty()) {
            return;
        }
        String there;
        try {
            there = Files.readString(online).strip();
        } catch (IOException e) {
            return; // an old or small kernel: it refuses what is not there itself
        }
        BitSet missing = NumberSet.parse(option, wanted);
        missing.andNot(NumberSet.parse(option, there));
        if (!missing.isEmpty()) {
            throw new HarnessException(
                    "Tried to read " + option + " \"" + wanted + "\", but this host has " + there + " only.",
                    "Name some of these.");
        }
    }
}

package dev.racker.harness.machine;

import dev.racker.harness.host.CgroupHierarchy;
import dev.racker.harness.host.Cgroups;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Limits in cgroups of our own: where they are, what is written to them, and what cannot be. */
final class DirectLimits {

    /** systemd-nspawn itself. */
    static final int OWN_PROCESSES = 1;

    private static final List<String> ACCOUNTING = List.of("memory", "cpu", "cpuacct", "cpuset", "pids", "blkio");

    private final Path root;
    private final Cgroups cgroups;
    private final String name;
    private final Set<String> directories = new LinkedHashSet<>();
    private final List<CgroupSetting> settings = new ArrayList<>();
    private final List<Unenforced> unenforced = new ArrayList<>();

    private DirectLimits(Path root, Cgroups cgroups, String name) {
        this.root = root;
        this.cgroups = cgroups;
        this.name = name;
    }

    /**
     * Finds out what these limits need of this host; in version 2, a controller is handed down to the machines then.
     *
     * @param root of the host's file system
     * @param name of the machine's cgroup in each hierarchy
     */
    static DirectLimits of(Path root, Cgroups cgroups, String name, Limits limits, List<Device> devices) {
        DirectLimits all = new DirectLimits(root, cgroups, name);
        for (LimitRules rules : LimitRules.of(limits, OWN_PROCESSES)) {
            all.add(rules, limits);
        }
        devices.forEach(all::add);
        return all;
    }

    /** The cgroups that are needed for these limits in hierarchies of version 1. */
    Set<String> directories() {
        return directories;
    }

    /** What is written to them, in this order, before anybody is in them. */
    List<CgroupSetting> settings() {
        return settings;
    }

    /** What this host cannot do. */
    List<Unenforced> unenforced() {
        return unenforced;
    }

    /** Adds the cgroups of version 1 that count what a machine uses, and that its limits can be changed in. */
    void addAccounting() {
        for (String controller : ACCOUNTING) {
            Optional<CgroupHierarchy> hierarchy = cgroups.serving(controller);
            if (hierarchy.isPresent() && hierarchy.get().version() == 1) {
                boolean isNew = directories.add(cgroup(hierarchy.get()));
                if (isNew && controller.equals("cpuset")) {
                    completeSet(hierarchy.get(), cgroup(hierarchy.get()));
                }
            }
        }
    }

    private void add(LimitRules rules, Limits limits) {
        Optional<CgroupHierarchy> first = cgroups.serving(rules.controller());
        boolean old = first.isPresent() && first.get().version() == 1;
        String controller = old ? rules.controller() : rules.controller2();
        Optional<CgroupHierarchy> hierarchy = old ? first : cgroups.serving(controller);
        if (hierarchy.isEmpty()) {
            refuse(rules.option(), controller, "is missing");
        } else if (!old && !isHandedDown(hierarchy.get(), controller)) {
            refuse(
                    rules.option(),
                    controller,
                    "is not delegated to " + hierarchy.get().mountPoint());
        } else {
            write(rules, old ? rules.files() : rules.files2(), hierarchy.get());
            if (rules.option().equals("--memory") && limits.memorySwap() > 0) {
                require("--memory-swap", old ? rules.files() : rules.files2(), 1, hierarchy.get());
            } else if (rules.option().equals("--blkio-weight")) {
                require(rules.option(), old ? rules.files() : rules.files2(), 0, hierarchy.get());
            }
        }
    }

    private void write(LimitRules rules, List<CgroupSetting> files, CgroupHierarchy hierarchy) {
        String cgroup = cgroup(hierarchy);
        if (hierarchy.version() == 1) {
            directories.add(cgroup);
            if (rules.controller().equals("cpuset")) {
                completeSet(hierarchy, cgroup);
            }
        }
        for (CgroupSetting setting : files) {
            settings.add(new CgroupSetting(cgroup + "/" + setting.file(), setting.value()));
        }
    }

    /** cpuset(7), version 1: nobody can enter a cgroup as long as either of its sets is empty. */
    private void completeSet(CgroupHierarchy hierarchy, String cgroup) {
        for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
            String path = cgroup + "/" + file;
            if (settings.stream().noneMatch(setting -> setting.file().equals(path))) {
                settings.add(new CgroupSetting(path, line(at(hierarchy).resolve(file))));
            }
        }
    }

    private void add(Device device) {
        if (device.denied().isEmpty()) {
            return;
        }
        Optional<CgroupHierarchy> hierarchy = cgroups.serving("devices");
        if (hierarchy.isEmpty()) {
            refuse("--device " + device, "devices", "of version 1 is missing, and all access is allowed");
            return;
        }
        directories.add(cgroup(hierarchy.get()));
        DeviceNode node = DeviceNode.of(device.source());
        settings.add(new CgroupSetting(
                cgroup(hierarchy.get()) + "/devices.deny", node.type() + " " + node.number() + " " + device.denied()));
    }

    /** Some files depend on how the kernel was built, and are in no hierarchy's root: a cgroup tells. */
    private void require(String option, List<CgroupSetting> files, int from, CgroupHierarchy hierarchy) {
        for (CgroupSetting setting : files.subList(from, files.size())) {
            if (Files.exists(at(hierarchy).resolve(setting.file())) || exists(at(hierarchy), setting.file())) {
                return;
            }
        }
        String file = files.get(from).file();
        refuse(option, file.substring(0, file.indexOf('.')), "has no " + file + " here");
    }

    private void refuse(String option, String controller, String reason) {
        unenforced.add(new Unenforced(option, controller, reason));
    }

    private static boolean exists(Path hierarchy, String file) {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(hierarchy, Files::isDirectory)) {
            for (Path child : children) {
                return Files.exists(child.resolve(file));
            }
            Path probe =
                    hierarchy.resolve("racker-probe-" + ProcessHandle.current().pid());
            Files.createDirectory(probe);
            boolean exists = Files.exists(probe.resolve(file));
            Files.delete(probe);
            return exists;
        } catch (IOException e) {
            return false;
        }
    }

    /** cgroups(7): what "cgroup.subtree_control" names is there in the cgroups below. */
    private boolean isHandedDown(CgroupHierarchy hierarchy, String controller) {
        Path control = at(hierarchy).resolve("cgroup.subtree_control");
        if (List.of(line(control).split(" ")).contains(controller)) {
            return true;
        }
        try {
            Files.writeString(control, "+" + controller, StandardOpenOption.WRITE);
            return true;
        } catch (IOException e) {
            return false; // processes in the root of a container's hierarchy, or a part that is not ours
        }
    }

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private Path at(CgroupHierarchy hierarchy) {
        return root.resolve(hierarchy.mountPoint().toString().substring(1));
    }

    private String cgroup(CgroupHierarchy hierarchy) {
        return at(hierarchy).resolve(name).toString();
    }
}

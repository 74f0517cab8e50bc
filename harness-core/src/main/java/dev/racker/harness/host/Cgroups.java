package dev.racker.harness.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The control groups of a host.
 *
 * @param layout which versions are mounted where
 * @param hierarchies what is mounted below /sys/fs/cgroup, in the order of mounting
 */
public record Cgroups(CgroupLayout layout, List<CgroupHierarchy> hierarchies) {

    private static final String TOP = "/sys/fs/cgroup";

    /** The controllers that any of the hierarchies can serve, sorted by name. */
    public List<String> controllers() {
        TreeSet<String> all = new TreeSet<>();
        for (CgroupHierarchy hierarchy : hierarchies) {
            all.addAll(hierarchy.controllers());
        }
        return List.copyOf(all);
    }

    /** The hierarchy that serves a controller; a controller is in use in one of them at most. */
    public Optional<CgroupHierarchy> serving(String controller) {
        for (CgroupHierarchy hierarchy : hierarchies) {
            if (hierarchy.controllers().contains(controller)) {
                return Optional.of(hierarchy);
            }
        }
        return Optional.empty();
    }

    /** Reads proc_pid_mountinfo(5); a later mount hides an earlier one at the same place. */
    static Cgroups read(HostFiles files) {
        Map<String, CgroupHierarchy> mounted = new LinkedHashMap<>();
        for (String line : files.text("/proc/self/mountinfo").split("\n")) {
            addMount(mounted, line.split(" "), files);
        }
        List<CgroupHierarchy> hierarchies = List.copyOf(mounted.values());
        return new Cgroups(layout(mounted), hierarchies);
    }

    private static void addMount(Map<String, CgroupHierarchy> mounted, String[] fields, HostFiles files) {
        int separator = fields.length - 4;
        if (separator < 6 || !fields[separator].equals("-")) {
            return;
        }
        String place = fields[4];
        if (!place.equals(TOP) && !place.startsWith(TOP + "/")) {
            return;
        }
        String type = fields[separator + 1];
        if (type.equals("cgroup2")) {
            String controllers = files.line(place + "/cgroup.controllers");
            List<String> list = controllers.isEmpty() ? List.of() : List.of(controllers.split(" "));
            mounted.put(place, new CgroupHierarchy(Path.of(place), 2, "", list));
        } else if (type.equals("cgroup")) {
            mounted.put(place, version1(place, fields[separator + 3]));
        } else {
            mounted.remove(place);
        }
    }

    private static CgroupHierarchy version1(String place, String options) {
        String name = "";
        List<String> controllers = new ArrayList<>();
        for (String option : options.split(",")) {
            if (option.startsWith("name=")) {
                name = option.substring("name=".length());
            } else if (!isMountFlag(option)) {
                controllers.add(option);
            }
        }
        return new CgroupHierarchy(Path.of(place), 1, name, List.copyOf(controllers));
    }

    /** What cgroups(7) version 1 shows among the controllers without being one. */
    private static boolean isMountFlag(String option) {
        return switch (option) {
            case "rw", "ro", "none", "xattr", "clone_children", "noprefix", "cpuset_v2_mode", "favordynmods" -> true;
            default -> option.indexOf('=') >= 0;
        };
    }

    private static CgroupLayout layout(Map<String, CgroupHierarchy> mounted) {
        CgroupHierarchy top = mounted.get(TOP);
        if (top != null && top.version() == 2) {
            return CgroupLayout.UNIFIED;
        }
        if (mounted.isEmpty()) {
            return CgroupLayout.NONE;
        }
        for (CgroupHierarchy hierarchy : mounted.values()) {
            if (hierarchy.version() == 2) {
                return CgroupLayout.HYBRID;
            }
        }
        return CgroupLayout.LEGACY;
    }
}

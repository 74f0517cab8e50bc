package dev.racker.harness.machine;

import dev.racker.harness.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Hosts with each layout of control groups, made of files. */
abstract class LimitPlanCase {

    static final long MB = 1 << 20;

    static final Limits ALL = new Limits(10 * MB, 15 * MB, 8 * MB, 1_500_000_000, 0, 0, 512, "0-1", "0", 100, 500);

    static final Limits MEMORY = Limits.none().withMemory(10 * MB);

    @TempDir
    Path root;

    Path top() {
        return root.resolve("sys/fs/cgroup");
    }

    void version1(String... hierarchies) throws IOException {
        for (String controllers : hierarchies) {
            Files.createDirectories(top().resolve(controllers));
            mount(controllers, "cgroup", "rw," + controllers);
            if (controllers.equals("cpuset")) {
                file("cpuset/cpuset.cpus", "0-3\n");
                file("cpuset/cpuset.mems", "0-3\n");
            }
        }
    }

    void unified(String controllers, String handedDown) throws IOException {
        file("cgroup.controllers", controllers + "\n");
        file("cgroup.subtree_control", handedDown + "\n");
        mount("", "cgroup2", "rw");
    }

    void mount(String place, String type, String options) throws IOException {
        Path mounts = root.resolve("proc/self/mountinfo");
        Files.createDirectories(mounts.getParent());
        String old = Files.exists(mounts) ? Files.readString(mounts) : "";
        String at = place.isEmpty() ? "/sys/fs/cgroup" : "/sys/fs/cgroup/" + place;
        Files.writeString(mounts, old + "30 23 0:26 / " + at + " rw,relatime - " + type + " cgroup " + options + "\n");
    }

    void file(String name, String text) throws IOException {
        Files.createDirectories(top().resolve(name).getParent());
        Files.writeString(top().resolve(name), text);
    }

    Host host() {
        return new Host(root, Map.of());
    }

    DirectLimits direct(Limits limits) {
        return plan(limits, List.of());
    }

    DirectLimits plan(Limits limits, List<Device> devices) {
        return DirectLimits.of(root, host().cgroups(), "r", limits, devices);
    }

    List<String> lines(DirectLimits plan) {
        List<String> lines = new ArrayList<>();
        for (CgroupSetting setting : plan.settings()) {
            Path file = top().relativize(Path.of(setting.file()));
            lines.add(file.getParent() + " " + file.getFileName() + "=" + setting.value());
        }
        return lines;
    }

    static List<String> messages(List<Unenforced> limits) {
        return limits.stream().map(Unenforced::message).toList();
    }
}

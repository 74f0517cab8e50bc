package dev.racker.cli;

import dev.racker.harness.host.DiskUsage;
import dev.racker.harness.host.Feature;
import dev.racker.harness.host.Host;
import dev.racker.harness.host.Privileges;
import dev.racker.harness.host.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns {@code racker info} into the tree that {@link InfoCommand} documents; null stands for what is not known. */
final class InfoJson {

    private InfoJson() {}

    static Map<String, Object> tree(InfoReport report) {
        Host host = report.host();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", report.version());
        tree.put("images", count(report.images()));
        tree.put("containers", count(report.containers()));
        tree.put("standby", report.waiting().map(InfoJson::waiting).orElse(null));
        tree.put("control_plane", controlPlane(host));
        tree.put("init", init(host));
        tree.put("machined", feature(host.machined()));
        tree.put("cgroup", cgroup(host));
        tree.put("user_namespaces", feature(host.userNamespaces()));
        tree.put("overlay", feature(host.overlay()));
        tree.put("privileges", privileges(host.privileges()));
        tree.put("inotify", inotify(host));
        tree.put("kernel", kernel(host));
        tree.put("operating_system", operatingSystem(host));
        tree.put("cpus", host.cpus());
        tree.put("memory_bytes", known(host.memory()));
        tree.put("java_version", System.getProperty("java.version"));
        tree.put("directories", directories(report.disks()));
        tree.put("tools", tools(report));
        tree.put("install_command", report.installCommand().orElse(null));
        tree.put("warnings", report.warnings());
        return tree;
    }

    private static Map<String, Object> waiting(InfoReport.Waiting waiting) {
        return object("ready", waiting.ready(), "wanted", waiting.wanted());
    }

    private static Map<String, Object> controlPlane(Host host) {
        return object(
                "kind",
                host.controlPlane().kind(),
                "reason",
                host.controlPlane().reason());
    }

    private static Map<String, Object> init(Host host) {
        return object("name", host.init().name(), "version", text(host.init().version()));
    }

    private static Map<String, Object> feature(Feature feature) {
        return object("available", feature.available(), "detail", feature.detail());
    }

    private static Map<String, Object> cgroup(Host host) {
        return object(
                "layout", host.cgroupLayout(), "controllers", host.cgroups().controllers());
    }

    private static Map<String, Object> privileges(Privileges privileges) {
        return object(
                "root",
                privileges.isRoot(),
                "user_id",
                known(privileges.effectiveUser()),
                "missing_capabilities",
                privileges.missing());
    }

    private static Map<String, Object> inotify(Host host) {
        return object(
                "max_user_instances",
                known(host.inotify().maxUserInstances()),
                "max_user_watches",
                known(host.inotify().maxUserWatches()),
                "machines_at_once",
                known(host.inotify().machinesAtOnce()));
    }

    private static Map<String, Object> kernel(Host host) {
        return object(
                "release",
                host.kernel().release(),
                "architecture",
                host.kernel().architecture());
    }

    private static Map<String, Object> operatingSystem(Host host) {
        return object(
                "id",
                host.distribution().id(),
                "version",
                text(host.distribution().version()),
                "name",
                host.distribution().name(),
                "package_manager",
                host.packageManager().orElse(null));
    }

    private static List<Object> directories(List<DiskUsage> disks) {
        List<Object> directories = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            DiskUsage disk = disks.get(i);
            directories.add(object(
                    "name",
                    InfoReport.DIRECTORY_NAMES.get(i),
                    "path",
                    disk.path(),
                    "exists",
                    disk.exists(),
                    "used_bytes",
                    disk.used().isPresent() ? disk.used().getAsLong() : null,
                    "free_bytes",
                    disk.free(),
                    "total_bytes",
                    disk.total(),
                    "type",
                    disk.type()));
        }
        return directories;
    }

    private static List<Object> tools(InfoReport report) {
        List<Object> tools = new ArrayList<>();
        for (Tool tool : Tool.values()) {
            Optional<Path> path = report.host().tool(tool);
            tools.add(object(
                    "name",
                    tool.program(),
                    "path",
                    path.orElse(null),
                    "version",
                    text(report.versions().getOrDefault(tool, "")),
                    "package",
                    report.packageName(tool).orElse(null),
                    "purpose",
                    tool.purpose()));
        }
        return tools;
    }

    private static Object count(OptionalInt count) {
        return count.isPresent() ? count.getAsInt() : null;
    }

    private static Object known(long number) {
        return number < 0 ? null : number;
    }

    private static Object text(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }
}

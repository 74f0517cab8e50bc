package dev.racker.cli;

import dev.racker.harness.console.ByteSize;
import dev.racker.harness.console.Table;
import dev.racker.harness.host.Capability;
import dev.racker.harness.host.DiskUsage;
import dev.racker.harness.host.Feature;
import dev.racker.harness.host.Host;
import dev.racker.harness.host.Init;
import dev.racker.harness.host.Privileges;
import dev.racker.harness.host.Tool;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Shows {@code racker info} to people. */
final class InfoTable {

    private static final String UNKNOWN = "unknown";

    private InfoTable() {}

    static void print(InfoReport report, PrintWriter out) {
        facts(report).print(out);
        out.println();
        directories(report.disks()).print(out);
        out.println();
        tools(report).print(out);
        report.installCommand().ifPresent(command -> out.println("\nTo install what is missing, as root: " + command));
        for (String warning : report.warnings()) {
            out.println("\nWARNING: " + warning);
        }
    }

    private static Table facts(InfoReport report) {
        Host host = report.host();
        Init init = host.init();
        return new Table()
                .row("Version:", report.version())
                .row("Images:", count(report.images()))
                .row("Containers:", count(report.containers()))
                .row("Standby:", report.waiting().map(InfoTable::waiting).orElse(UNKNOWN))
                .row(
                        "Control plane:",
                        host.controlPlane().kind() + ", because "
                                + host.controlPlane().reason())
                .row("Init:", (init.name() + " " + init.version()).strip())
                .row("machined:", feature(host.machined()))
                .row("Control groups:", cgroups(host))
                .row("User namespaces:", feature(host.userNamespaces()))
                .row("Overlay:", feature(host.overlay()))
                .row("Privileges:", privileges(host.privileges()))
                .row("inotify instances:", inotify(host.inotify().maxUserInstances()))
                .row("Kernel:", host.kernel().release() + " " + host.kernel().architecture())
                .row("Operating system:", host.distribution().name())
                .row(
                        "Package manager:",
                        host.packageManager().map(Object::toString).orElse(UNKNOWN))
                .row("CPUs:", String.valueOf(host.cpus()))
                .row("Memory:", host.memory() < 0 ? UNKNOWN : ByteSize.text(host.memory()))
                .row("Java:", System.getProperty("java.version"));
    }

    private static Table directories(List<DiskUsage> disks) {
        Table table = new Table("DIRECTORY", "USED", "FREE", "PATH");
        for (int i = 0; i < disks.size(); i++) {
            DiskUsage disk = disks.get(i);
            String used = disk.used().isPresent() ? ByteSize.text(disk.used().getAsLong()) : UNKNOWN;
            table.row(
                    InfoReport.DIRECTORY_NAMES.get(i),
                    disk.exists() ? used : "none yet",
                    ByteSize.text(disk.free()),
                    disk.path().toString());
        }
        return table;
    }

    private static Table tools(InfoReport report) {
        Table table = new Table("TOOL", "VERSION", "PATH");
        for (Tool tool : Tool.values()) {
            Optional<Path> path = report.host().tool(tool);
            if (path.isPresent()) {
                String version = report.versions().getOrDefault(tool, "");
                table.row(
                        tool.program(),
                        version.isEmpty() ? UNKNOWN : version,
                        path.get().toString());
            } else {
                String from =
                        report.packageName(tool).map(name -> "package " + name).orElse("no package known");
                table.row(tool.program(), "missing", "(" + from + "; " + tool.purpose() + ")");
            }
        }
        return table;
    }

    private static String waiting(InfoReport.Waiting waiting) {
        return waiting.wanted() == 0 ? "none wanted" : waiting.ready() + " of " + waiting.wanted() + " machines ready";
    }

    private static String count(OptionalInt count) {
        return count.isPresent() ? String.valueOf(count.getAsInt()) : UNKNOWN;
    }

    private static String feature(Feature feature) {
        return (feature.available() ? "yes, " : "no, ") + feature.detail();
    }

    private static String cgroups(Host host) {
        List<String> controllers = host.cgroups().controllers();
        return host.cgroupLayout() + ", "
                + (controllers.isEmpty() ? "no controllers" : "with " + String.join(" ", controllers));
    }

    private static String privileges(Privileges privileges) {
        String user = privileges.isRoot() ? "root" : "user " + privileges.effectiveUser() + ", not root";
        if (!privileges.isRoot() || privileges.missing().isEmpty()) {
            return user;
        }
        return user + " without "
                + privileges.missing().stream().map(Capability::name).collect(Collectors.joining(" "));
    }

    private static String inotify(long instances) {
        return instances < 0 ? UNKNOWN : instances + " for each user";
    }
}

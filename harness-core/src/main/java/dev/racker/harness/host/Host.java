package dev.racker.harness.host;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Facts about a host, each found when first asked for by reading a few files, and kept.
 *
 * <p>No program is started. Threads may share a host; at worst two of them find the same fact.
 */
public final class Host {

    private final HostFiles files;
    private final Map<String, String> environment;
    private final SearchPath searchPath;
    private final Map<Tool, Path> found = new EnumMap<>(Tool.class);
    private ControlPlane controlPlane;
    private Init init;
    private Feature machined;
    private Cgroups cgroups;
    private Kernel kernel;
    private Privileges privileges;
    private HostDistribution distribution;

    /**
     * Describes the host whose files lie below {@code root} ({@code /} for this machine).
     *
     * @param environment the variables PATH and {@link ControlPlane#VARIABLE} are taken from here
     */
    public Host(Path root, Map<String, String> environment) {
        this.files = new HostFiles(root);
        this.environment = environment;
        this.searchPath = new SearchPath(files, environment.get("PATH"));
    }

    /** Describes the machine that this process runs on. */
    public static Host local() {
        return new Host(Path.of("/"), System.getenv());
    }

    /**
     * The control plane in use: machined when systemd is PID 1, the system D-Bus is there and systemd-machined is
     * installed; else direct; or what the environment asks for.
     *
     * @throws HostException when the environment asks for one that does not exist or that this host cannot offer
     */
    public ControlPlane controlPlane() {
        if (controlPlane == null) {
            controlPlane = ControlPlane.choose(environment.get(ControlPlane.VARIABLE), this);
        }
        return controlPlane;
    }

    /** PID 1 and its version. */
    public Init init() {
        if (init == null) {
            init = Init.named(files).withVersion(files);
        }
        return init;
    }

    /** Says whether systemd-machined can be had here, whatever the control plane in use. */
    public Feature machined() {
        if (machined == null) {
            machined = Machined.find(files, Init.named(files));
        }
        return machined;
    }

    /** The mounted control groups. */
    public Cgroups cgroups() {
        if (cgroups == null) {
            cgroups = Cgroups.read(files);
        }
        return cgroups;
    }

    /** How control groups are mounted. */
    public CgroupLayout cgroupLayout() {
        return cgroups().layout();
    }

    /** Says whether root can make user namespaces. */
    public Feature userNamespaces() {
        return Kernel.userNamespaces(files);
    }

    /** Says whether the kernel has overlayfs. */
    public Feature overlay() {
        return kernel().overlay(files);
    }

    /** The kernel's release and architecture. */
    public Kernel kernel() {
        if (kernel == null) {
            kernel = Kernel.read(files);
        }
        return kernel;
    }

    /** The number of processors that this process may use. */
    public int cpus() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The memory of the host in bytes; -1 when it is not known. */
    public long memory() {
        return memory("MemTotal:");
    }

    /** The memory in bytes that programs can have at this moment without swapping, see proc(5); -1 when not known. */
    public long availableMemory() {
        return memory("MemAvailable:");
    }

    private long memory(String name) {
        String field = HostFiles.field(files.text("/proc/meminfo"), name);
        int end = field.indexOf(' ');
        return end < 0 ? -1 : Long.parseLong(field.substring(0, end)) * 1024;
    }

    /** What this process may do. */
    public Privileges privileges() {
        if (privileges == null) {
            privileges = Privileges.read(files);
        }
        return privileges;
    }

    /** Says whether this process is root. */
    public boolean isRoot() {
        return privileges().isRoot();
    }

    /** How many inotify instances and watches a user may have. */
    public InotifyLimits inotify() {
        return InotifyLimits.read(files);
    }

    /** What os-release(5) says. */
    public HostDistribution distribution() {
        if (distribution == null) {
            distribution = HostDistribution.read(files);
        }
        return distribution;
    }

    /** The family of package managers of this host; empty when it is none of ours. */
    public Optional<HostPackageManager> packageManager() {
        HostPackageManager named = distribution().packageManager();
        if (named != null) {
            return Optional.of(named);
        }
        for (HostPackageManager family : HostPackageManager.values()) {
            if (searchPath.find(family.program(), List.of()) != null) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /** The tool's program file, found on PATH or where distributions keep it; empty when it is not installed. */
    public Optional<Path> tool(Tool tool) {
        synchronized (found) {
            Path path = found.get(tool);
            if (path == null) {
                path = searchPath.find(tool.program(), tool.extraPlaces());
                if (path != null) {
                    found.put(tool, path);
                }
            }
            return Optional.ofNullable(path);
        }
    }
}

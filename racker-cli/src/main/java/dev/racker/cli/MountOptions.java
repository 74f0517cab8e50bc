package dev.racker.cli;

import dev.racker.harness.machine.MountRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code racker run} and {@code racker create} that mount something. */
final class MountOptions {

    @Option(
            names = {"-v", "--volume"},
            paramLabel = "[NAME|SRC:]DST[:ro]",
            description =
                    "Mount a volume by its name, a directory or file of the host by its path, or, when only DST is "
                            + "given, a new volume that goes with the container.")
    private List<String> volumes = new ArrayList<>();

    @Option(
            names = "--mount",
            paramLabel = "type=bind|volume|tmpfs,...",
            description = "Mount something inside: type=bind,source=SRC,target=DST[,readonly], "
                    + "type=volume[,source=NAME],target=DST[,readonly][,volume-nocopy] or "
                    + "type=tmpfs,target=DST[,tmpfs-size=N][,tmpfs-mode=N].")
    private List<String> mounts = new ArrayList<>();

    @Option(names = "--tmpfs", paramLabel = "DST[:OPTIONS]", description = "Mount a file system in memory inside.")
    private List<String> tmpfs = new ArrayList<>();

    @Option(
            names = "--volumes-from",
            paramLabel = "CONTAINER[:ro]",
            description = "Mount what is mounted in this container, too.")
    private List<String> volumesFrom = new ArrayList<>();

    /**
     * What is to be mounted.
     *
     * @throws dev.racker.harness.error.HarnessException quoting what is not understood
     */
    MountRequest request() {
        if (volumes.isEmpty() && mounts.isEmpty() && tmpfs.isEmpty() && volumesFrom.isEmpty()) {
            return MountRequest.none();
        }
        MountFlags flags = new MountFlags();
        volumes.forEach(flags::volume);
        mounts.forEach(flags::mount);
        tmpfs.forEach(flags::tmpfs);
        volumesFrom.forEach(flags::volumesFrom);
        return flags.request();
    }
}

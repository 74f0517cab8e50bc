package dev.racker.cli;

import dev.racker.harness.machine.MountRequest;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Values;

/** The options of {@code racker run} and {@code racker create} that mount something. */
final class MountOptions extends Options {

    private final Values<String> volumes = texts(
            "-v, --volume",
            "[NAME|SRC:]DST[:ro]",
            "Mount a volume by its name, a directory or file of the host by its path, or, when only DST is "
                    + "given, a new volume that goes with the container.");

    private final Values<String> mounts = texts(
            "--mount",
            "type=bind|volume|tmpfs,...",
            "Mount something inside: type=bind,source=SRC,target=DST[,readonly], "
                    + "type=volume[,source=NAME],target=DST[,readonly][,volume-nocopy] or "
                    + "type=tmpfs,target=DST[,tmpfs-size=N][,tmpfs-mode=N].");

    private final Values<String> tmpfs = texts("--tmpfs", "DST[:OPTIONS]", "Mount a file system in memory inside.");

    private final Values<String> volumesFrom =
            texts("--volumes-from", "CONTAINER[:ro]", "Mount what is mounted in this container, too.");

    /**
     * What is to be mounted.
     *
     * @throws dev.racker.harness.error.HarnessException quoting what is not understood
     */
    MountRequest request() {
        if (!areGiven()) {
            return MountRequest.none();
        }
        MountFlags flags = new MountFlags();
        volumes.list().forEach(flags::volume);
        mounts.list().forEach(flags::mount);
        tmpfs.list().forEach(flags::tmpfs);
        volumesFrom.list().forEach(flags::volumesFrom);
        return flags.request();
    }
}

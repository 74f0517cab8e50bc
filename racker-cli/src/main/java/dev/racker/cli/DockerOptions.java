package dev.racker.cli;

import java.util.Set;

/** The options of {@code docker run} that racker does not have, so that nobody is told of a typing error. */
final class DockerOptions {

    private static final Set<String> RUN = Set.of(
            "-a",
            "--attach",
            "--annotation",
            "--cgroup-parent",
            "--cgroupns",
            "--detach-keys",
            "--domainname",
            "--gpus",
            "--group-add",
            "--ipc",
            "--isolation",
            "--link",
            "--log-driver",
            "--log-opt",
            "--oom-kill-disable",
            "--pid",
            "--runtime",
            "--sig-proxy",
            "--storage-opt",
            "--uts",
            "--volume-driver",
            "--volumes-from");

    private DockerOptions() {}

    /** Says whether {@code docker run} has this option, and racker, which is asked after its own ones, has not. */
    static boolean isUnsupported(String command, String option) {
        return command.equals("racker run") && RUN.contains(option);
    }
}

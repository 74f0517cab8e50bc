package dev.racker.cli;

import java.util.Set;

/** The options of {@code docker run} that racker does not have, so that nobody is told of a typing error. */
final class DockerOptions {

    private static final Set<String> RUN = Set.of(
            "-a",
            "--attach",
            "--add-host",
            "--annotation",
            "--cgroup-parent",
            "--cgroupns",
            "--detach-keys",
            "--dns-option",
            "--dns-search",
            "--domainname",
            "--expose",
            "--gpus",
            "--group-add",
            "--ip",
            "--ip6",
            "--ipc",
            "--isolation",
            "--link",
            "--log-driver",
            "--log-opt",
            "--mac-address",
            "--network-alias",
            "--oom-kill-disable",
            "--pid",
            "-p",
            "--publish",
            "-P",
            "--publish-all",
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

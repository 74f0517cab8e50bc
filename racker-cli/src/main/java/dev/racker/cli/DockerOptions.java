package dev.racker.cli;

import java.util.Set;

/** The options of {@code docker run} that racker does not have, so that nobody is told of a typing error. */
final class DockerOptions {

    private static final Set<String> RUN = Set.of(
            "-a",
            "--attach",
            "--add-host",
            "--annotation",
            "--blkio-weight",
            "--cap-add",
            "--cap-drop",
            "-c",
            "--cpu-shares",
            "--cgroup-parent",
            "--cgroupns",
            "--cpu-period",
            "--cpu-quota",
            "--cpus",
            "--cpuset-cpus",
            "--cpuset-mems",
            "--detach-keys",
            "--device",
            "--dns-option",
            "--dns-search",
            "--domainname",
            "--expose",
            "--gpus",
            "--group-add",
            "--init",
            "--ip",
            "--ip6",
            "--ipc",
            "--isolation",
            "--link",
            "--log-driver",
            "--log-opt",
            "--mac-address",
            "-m",
            "--memory",
            "--memory-reservation",
            "--memory-swap",
            "--network-alias",
            "--oom-kill-disable",
            "--oom-score-adj",
            "--pid",
            "--pids-limit",
            "-p",
            "--publish",
            "-P",
            "--publish-all",
            "--read-only",
            "--runtime",
            "--security-opt",
            "--shm-size",
            "--sig-proxy",
            "--storage-opt",
            "--sysctl",
            "--ulimit",
            "--uts",
            "--volume-driver",
            "--volumes-from");

    private DockerOptions() {}

    /** Says whether {@code docker run} has this option, and racker, which is asked after its own ones, has not. */
    static boolean isUnsupported(String command, String option) {
        return command.equals("racker run") && RUN.contains(option);
    }
}

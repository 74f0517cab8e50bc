package dev.racker.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code racker run}, as they were typed. */
final class RunOptions {

    @Option(
            names = {"-i", "--interactive"},
            description = "Pass standard input on to the command.")
    boolean interactive;

    @Option(
            names = {"-t", "--tty"},
            description = "Give the command a terminal, when there is one here.")
    boolean terminal;

    @Option(names = "--init", description = "Run a command that is not booted under a small init.")
    boolean init;

    @Option(names = "--rm", description = "Remove the container when it ends.")
    boolean remove;

    @Option(names = "--name", paramLabel = "NAME", description = "Name the container.")
    String name = "";

    @Option(
            names = {"-h", "--hostname"},
            paramLabel = "NAME",
            description = "Set the host name inside.")
    String hostname = "";

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME[=VALUE]",
            description = "Set a variable, or pass the one of this name on.")
    List<String> environment = new ArrayList<>();

    @Option(names = "--env-file", paramLabel = "FILE", description = "Set the variables in this file, one in a line.")
    List<Path> environmentFiles = new ArrayList<>();

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "Run the command in this directory.")
    String directory;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER[:GROUP]",
            description = "Run the command as this user, by name or number.")
    String user;

    @Option(names = "--entrypoint", paramLabel = "PROGRAM", description = "Replace the image's entrypoint.")
    String entrypoint;

    @Mixin
    MountOptions mounts = new MountOptions();

    @Mixin
    NetworkFlags network = new NetworkFlags();

    @Option(
            names = "--pull",
            paramLabel = "missing|always|never",
            description = "When to pull the image before it is used (default: missing).")
    String pull = "missing";

    @Option(
            names = "--systemd",
            paramLabel = "auto|always|false",
            description = "Boot the image's init (default: auto, when it is an operating system).")
    String systemd = "auto";

    @Option(
            names = "--boot-timeout",
            paramLabel = "SECONDS",
            description = "Give up when the machine is not ready after this time (default: 60).")
    int bootTimeout = 60;

    @Option(
            names = "--detach-keys",
            paramLabel = "KEYS",
            description = "Let these keys, such as ctrl-p,ctrl-q, leave the container running when it has a terminal.")
    String detachKeys;

    @Option(names = "--cidfile", paramLabel = "FILE", description = "Write the container's id to this new file.")
    Path idFile;

    @Mixin
    LimitOptions limits = new LimitOptions();

    @Mixin
    IsolationOptions isolation = new IsolationOptions();

    @Mixin
    LifecycleOptions lifecycle = new LifecycleOptions();

    @Mixin
    LabelOptions labels = new LabelOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not tell about downloads and preparations.")
    boolean quiet;
}

package dev.racker.cli;

import dev.racker.harness.ContainerOptions;
import dev.racker.harness.ContainerProcess;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Payload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code exec} runs: the command with the container's own environment, user and directory, unless told otherwise. */
final class ExecPlan {

    private static final String DEFAULT_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ContainerOptions container;
    private final String hostname;
    private final Map<String, String> host;

    ExecPlan(ContainerOptions container, String hostname, Map<String, String> host) {
        this.container = container;
        this.hostname = hostname;
        this.host = host;
    }

    Payload payload(
            List<String> command,
            List<String> environment,
            List<Path> environmentFiles,
            String user,
            String directory,
            boolean terminal) {
        ContainerProcess own = container.process();
        String who = user == null ? own.user() : user.substring(0, colon(user));
        String group = user == null ? own.group() : user.substring(Math.min(user.length(), colon(user) + 1));
        Variables variables = new Variables(host).add(List.of(DEFAULT_PATH, "HOSTNAME=" + hostname), "the container");
        if (container.boots() && isRoot(who)) {
            variables.set("HOME", "/root");
        }
        if (terminal) {
            variables.set("TERM", host.getOrDefault("TERM", "xterm"));
        }
        variables
                .add(own.environment(), "the container")
                .add(Variables.inFiles(environmentFiles), "a file")
                .addOptions(environment);
        if (container.boots()) {
            variables.requireShellNames();
        }
        return Payload.of(command)
                .user(who)
                .group(group)
                .in(directory(own, directory))
                .env(variables.list());
    }

    private static String directory(ContainerProcess own, String directory) {
        if (directory == null) {
            return own.directory();
        }
        if (!directory.startsWith("/")) {
            throw new HarnessException(
                    "Tried to run the command in the directory \"" + directory + "\", but that is no absolute path.",
                    "Begin it with \"/\".");
        }
        return directory;
    }

    private static int colon(String user) {
        int colon = user.indexOf(':');
        return colon < 0 ? user.length() : colon;
    }

    private static boolean isRoot(String user) {
        return user.isEmpty() || user.equals("root") || user.equals("0");
    }
}

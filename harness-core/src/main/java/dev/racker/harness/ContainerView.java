package dev.racker.harness;

import dev.racker.harness.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a container as a program of the host can reach them; closing it lets go of them.
 *
 * <p>Programs run with the privileges that root inside has, and no more: a link that leads out of the container, put there
 * by whoever runs inside while they look, leads to what root inside could not touch either.
 *
 * @param root the container's root directory for this process
 * @param users a process in the container's user namespace; 0 when it has none of its own
 * @param hold what keeps the files there
 */
record ContainerView(Path root, long users, Runnable hold) implements AutoCloseable {

    /** A program of the host whose working directory is the container's root, and who is root as inside. */
    Command program(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments.size() + 6);
        if (users == 0) {
            all.addAll(List.of("env", "--chdir=" + root, "--"));
        } else {
            all.addAll(List.of("nsenter", "--user=/proc/" + users + "/ns/user", "--setuid=0", "--setgid=0"));
            all.addAll(List.of("--wd=" + root, "--"));
        }
        all.addAll(arguments);
        return Command.of(all);
    }

    @Override
    public void close() {
        hold.run();
    }
}

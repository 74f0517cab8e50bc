package dev.racker.harness;

import java.nio.file.Path;

/**
 * The files of a container as the host can reach them; closing it lets go of them.
 *
 * <p>Whoever runs inside may turn a directory into a link while somebody looks, so what is found by a path of several
 * names may be the host's: programs read and write through {@link ConfinedTar} only.
 *
 * @param root the container's root directory for this process
 * @param users a process in the container's user namespace; 0 when it has none of its own
 * @param hold what keeps the files there
 */
record ContainerView(Path root, long users, Runnable hold) implements AutoCloseable {

    @Override
    public void close() {
        hold.run();
    }
}

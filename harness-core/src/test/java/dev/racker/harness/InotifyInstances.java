package dev.racker.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * More inotify instances than a host allows by default, while a test boots many machines: all machines of a host share the
 * limit of the host's root, and a guest that cannot have more hangs during boot. One test has them at a time.
 */
public final class InotifyInstances implements AutoCloseable {

    private static final Path LIMIT = Path.of("/proc/sys/fs/inotify/max_user_instances");

    /** What a booted guest holds, and some more. */
    private static final int EACH = 8;

    /** For the host itself, and for the machines of other tests. */
    private static final int OTHERS = 512;

    private final FileChannel channel;
    private final FileLock lock;
    private final String before;

    private InotifyInstances(FileChannel channel, FileLock lock, String before) {
        this.channel = channel;
        this.lock = lock;
        this.before = before;
    }

    /** Raises the limit until this is closed, unless it is high enough; waits for another test that has done so. */
    public static InotifyInstances forMachines(int machines) throws IOException {
        Files.createDirectories(TestArchives.directory());
        FileChannel channel = FileChannel.open(
                TestArchives.directory().resolve("inotify"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        String before = limit();
        int needed = machines * EACH + OTHERS;
        if (Integer.parseInt(before) < needed) {
            set(Integer.toString(needed));
        }
        return new InotifyInstances(channel, lock, before);
    }

    /** In one read: the next one would find the end, however little this one has taken (proc(5)). */
    public static String limit() throws IOException {
        try (BufferedReader limit = Files.newBufferedReader(LIMIT)) {
            return limit.readLine();
        }
    }

    private static void set(String limit) throws IOException {
        Files.writeString(LIMIT, limit, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        set(before);
        lock.release();
        channel.close();
    }
}

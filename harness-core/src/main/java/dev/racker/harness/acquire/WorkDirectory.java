package dev.racker.harness.acquire;

import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory on the store's file system for what only one pull needs, and the lock that keeps other pulls of the same
 * name away; closing it removes the one and gives the other back.
 *
 * <p>It is named and locked as the unfinished tree of a layer is, so that what a killed pull leaves is swept up with
 * those.
 */
final class WorkDirectory implements AutoCloseable {

    private final Path path;
    private final Lock lock;

    private WorkDirectory(Path path, Lock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Waits for other pulls of this name, and makes a directory that everybody may enter but nobody else may write. */
    static WorkDirectory create(Store store, String name) throws IOException {
        LayerId id = LayerId.ofRecipe("pull\n" + name);
        Lock lock = store.locks().exclusive("layer", id.value());
        try {
            Path path = Files.createTempDirectory(
                    store.layers().createDirectory(),
                    ".tmp-" + id + "-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            return new WorkDirectory(path, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            remove();
        } finally {
            lock.close();
        }
    }

    private void remove() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

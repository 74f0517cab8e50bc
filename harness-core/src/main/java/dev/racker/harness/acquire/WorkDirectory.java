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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory on the store's file system for what only one pull needs, and the lock that keeps other pulls of the same
 * name away; closing it removes the one and gives the other back.
 *
 * <p>It is named and locked as the unfinished tree of a layer is, so that what a killed pull leaves is swept up with
 * those.
 */
final class WorkDirectory implements AutoCloseable {

    private static final FileAttribute<?> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    private final Path path;
    private final List<Lock> locks;

    private WorkDirectory(Path path, List<Lock> locks) {
        this.path = path;
        this.locks = locks;
    }

    /** Makes a directory that everybody may enter but nobody else may write. */
    static WorkDirectory create(Store store) throws IOException {
        return create(store, new ArrayList<>());
    }

    /** Waits for other pulls of this name, and makes such a directory then. */
    static WorkDirectory create(Store store, String name) throws IOException {
        List<Lock> locks = new ArrayList<>();
        locks.add(store.locks().exclusive("pull", name));
        return create(store, locks);
    }

    private static WorkDirectory create(Store store, List<Lock> locks) throws IOException {
        LayerId id = LayerId.unique();
        try {
            locks.add(store.locks().exclusive("layer", id.value()));
            Path path = store.layers().createDirectory().resolve(".tmp-" + id + "-work");
            return new WorkDirectory(Files.createDirectory(path, READABLE), locks);
        } catch (IOException | RuntimeException e) {
            locks.forEach(Lock::close);
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
            locks.forEach(Lock::close);
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

package dev.racker.harness.evidence;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.StackLookup;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Walks a writable layer together with what lies below it, while the machine may go on writing; follows no link. */
final class UpperTree {

    private final Path upper;
    private final List<Path> lowerTopFirst;
    private final StackLookup.Marks marks;
    private final SortedMap<String, UpperEntry> entries = new TreeMap<>();

    private UpperTree(Path upper, List<Path> lowerTopFirst, StackLookup.Marks marks) {
        this.upper = upper;
        this.lowerTopFirst = lowerTopFirst;
        this.marks = marks;
    }

    /** All entries by their absolute path inside; what an opaque directory hides is there as a whiteout. */
    static SortedMap<String, UpperEntry> read(Path upper, List<Path> lower, StackLookup.Marks marks) {
        List<Path> topFirst = new ArrayList<>(lower);
        java.util.Collections.reverse(topFirst);
        UpperTree tree = new UpperTree(upper, topFirst, marks);
        if (!Files.isDirectory(upper, LinkOption.NOFOLLOW_LINKS)) {
            throw new HarnessException(
                    "Tried to read the writable layer at " + upper + ", but it is not there any more.",
                    "Look at it while the machine runs.");
        }
        try {
            tree.directory(upper, "", tree.lowerTopFirst);
        } catch (IOException | DirectoryIteratorException | java.io.UncheckedIOException e) {
            throw new HarnessException(
                    "Tried to read the writable layer at " + upper + ", but: " + e.getMessage() + ".", null, e);
        }
        return tree.entries;
    }

    private void directory(Path directory, String path, List<Path> below) throws IOException {
        Set<Path> names = new HashSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                names.add(child.getFileName());
                try {
                    child(child, path + "/" + GuestName.of(child), below);
                } catch (NoSuchFileException e) {
                    names.remove(child.getFileName()); // removed while we look
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // removed or replaced while we look
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (!directory.equals(upper) && !below.isEmpty() && marks.isOpaque(directory)) {
            hidden(names, path, below);
        }
    }

    private void child(Path child, String path, List<Path> below) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        List<Path> base = StackLookup.entries(below, child.getFileName(), marks);
        Path top = base.isEmpty() ? null : base.get(0);
        if (attributes.isOther() && marks.isWhiteout(child)) {
            entries.put(path, UpperEntry.whiteout(top));
            return;
        }
        entries.put(path, UpperEntry.read(child, top));
        if (attributes.isDirectory()) {
            boolean merges = top != null && Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS);
            directory(child, path, merges ? base : List.of());
        }
    }

    /** What is below an opaque directory and not in it is gone, as if each had a whiteout. */
    private void hidden(Set<Path> present, String path, List<Path> below) throws IOException {
        Set<Path> names = new HashSet<>();
        for (Path directory : below) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
                for (Path child : children) {
                    names.add(child.getFileName());
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        names.removeAll(present);
        for (Path name : names) {
            List<Path> base = StackLookup.entries(below, name, marks);
            if (!base.isEmpty()) {
                entries.put(path + "/" + GuestName.of(base.get(0)), UpperEntry.whiteout(base.get(0)));
            }
        }
    }
}

package dev.racker.harness.store;

import dev.racker.harness.store.LayerTree.Directory;
import dev.racker.harness.store.LayerTree.Leaf;
import dev.racker.harness.store.LayerTree.Node;
import dev.racker.harness.store.LayerTree.Symlink;
import dev.racker.harness.store.TarEntry.Body;
import dev.racker.harness.store.TarEntry.Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides, member by member, what an archive makes of an empty tree, and writes that as an archive of plain members. */
final class LayerBuilder implements LayerTree.ImplicitDirectories {

    private static final String CONTRADICTION = "Make the archive again; its members contradict each other.";

    private final TarWriter out;
    private final EntryMapping mapping;
    private final boolean whiteouts;
    private final LayerTree tree;
    private long entries;
    private long bytes;
    private long whitedOut;

    LayerBuilder(TarWriter out, EntryMapping mapping, boolean whiteouts) {
        this.out = out;
        this.mapping = mapping;
        this.whiteouts = whiteouts;
        this.tree = new LayerTree(mapping.root(0755, Instant.EPOCH));
    }

    /** Adds one member, whose body {@code reader} is about to hand out. */
    void add(TarEntry entry, TarReader reader) throws IOException {
        entries++;
        List<String> components = EntryName.components(entry.name());
        if (components.isEmpty()) {
            describeRoot(entry);
            return;
        }
        Directory parent = tree.make(
                entry.name(), components, mapping.root(0755, entry.metadata().mtime()), this);
        String name = components.get(components.size() - 1);
        if (whiteouts && name.startsWith(EntryName.WHITEOUT)) {
            whiteOut(entry, parent, name);
            return;
        }
        switch (entry.type()) {
            case TarEntry.DIRECTORY -> directory(entry, parent, name);
            case TarEntry.SYMLINK -> symlink(entry, parent, name);
            case TarEntry.HARD_LINK -> hardLink(entry, parent, name);
            case TarEntry.FILE, TarEntry.OLD_SPARSE, TarEntry.CHARACTER_DEVICE, TarEntry.BLOCK_DEVICE, TarEntry.FIFO ->
                leaf(entry, parent, name, reader);
            default ->
                throw UnpackException.entry(
                        entry.name(),
                        "its type '" + entry.type() + "' is not known",
                        "Make the archive again without it.");
        }
    }

    private void describeRoot(TarEntry entry) {
        if (entry.type() != TarEntry.DIRECTORY) {
            throw UnpackException.entry(
                    entry.name(), "the tree's root must be a directory", "Make the archive again without it.");
        }
        tree.root().describe(mapping.map(entry));
    }

    @Override
    public void made(Directory directory) throws IOException {
        write(TarEntry.DIRECTORY, directory.path(), "", mapping.root(0755, Instant.EPOCH), Body.NONE);
    }

    private void directory(TarEntry entry, Directory parent, String name) throws IOException {
        Metadata metadata = mapping.map(entry);
        if (parent.children().get(name) instanceof Directory existing) {
            existing.describe(metadata);
        } else {
            made(parent.makeDirectory(name, metadata));
        }
    }

    private void symlink(TarEntry entry, Directory parent, String name) throws IOException {
        if (entry.link().isEmpty() || entry.link().indexOf('\0') >= 0) {
            throw UnpackException.entry(
                    entry.name(), "its target is empty or has a NUL", "Make the archive again without it.");
        }
        parent.children().put(name, new Symlink(entry.link()));
        write(TarEntry.SYMLINK, parent.pathOf(name), entry.link(), mapping.map(entry), Body.NONE);
    }

    private void hardLink(TarEntry entry, Directory parent, String name) throws IOException {
        List<String> components = EntryName.components(entry.link());
        Directory holder = components.isEmpty() ? null : tree.find(entry.name(), components);
        String target = components.isEmpty() ? "" : components.get(components.size() - 1);
        Node node = holder == null ? null : holder.children().get(target);
        if (holder == parent && target.equals(name) && node != null) {
            return;
        }
        String problem = node == null
                ? " is not in the archive before it"
                : node instanceof Directory
                        ? " is a directory"
                        : parent.children().get(name) instanceof Directory replaced && isWithin(holder, replaced)
                                ? " is within what it replaces"
                                : null;
        if (problem != null) {
            throw UnpackException.entry(
                    entry.name(), RawText.display(entry.link()) + ", which it links to," + problem, CONTRADICTION);
        }
        parent.children().put(name, node);
        write(
                TarEntry.HARD_LINK,
                parent.pathOf(name),
                holder.pathOf(target),
                mapping.root(0644, Instant.EPOCH),
                Body.NONE);
    }

    private static boolean isWithin(Directory directory, Directory ancestor) {
        return directory == ancestor || directory.path().startsWith(ancestor.path() + '/');
    }

    private void leaf(TarEntry entry, Directory parent, String name, TarReader reader) throws IOException {
        parent.children().put(name, Leaf.LEAF);
        write(entry.type(), parent.pathOf(name), "", mapping.map(entry), entry.body());
        bytes += entry.body().realSize();
        reader.copyBody(out);
    }

    private void whiteOut(TarEntry entry, Directory parent, String name) {
        if (name.equals(EntryName.OPAQUE)) {
            parent.markOpaque();
            return;
        }
        if (name.startsWith(EntryName.AUFS)) {
            return;
        }
        String hidden = name.substring(EntryName.WHITEOUT.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw UnpackException.entry(
                    entry.name(), "it is a whiteout of no name", "Make the archive again without it.");
        }
        parent.whiteOut(hidden);
    }

    /**
     * Writes the whiteouts, once all members are known: what the layer has under the same name wins, whatever the order,
     * and a directory then hides what lower layers have in theirs.
     */
    void whiteOut() throws IOException {
        Metadata metadata = mapping.root(0, Instant.EPOCH);
        for (Directory directory : directories()) {
            for (String name : directory.whiteouts()) {
                Node node = directory.children().get(name);
                if (node instanceof Directory recreated) {
                    recreated.markOpaque();
                } else if (node == null) {
                    whitedOut++;
                    write(TarEntry.CHARACTER_DEVICE, directory.pathOf(name), "", metadata, Body.NONE);
                }
            }
        }
    }

    /** Says what was made, and what all directories are to be when nothing in them changes any more. */
    UnpackedLayer unpacked() {
        List<TarEntry> described = new ArrayList<>();
        List<String> implicit = new ArrayList<>();
        List<Directory> childrenFirst = directories();
        Collections.reverse(childrenFirst);
        for (Directory directory : childrenFirst) {
            boolean isRoot = directory == tree.root();
            Metadata metadata = directory.metadata();
            if (directory.opaque() && !isRoot) {
                Map<String, byte[]> xattrs = new HashMap<>(metadata.xattrs());
                xattrs.put(OpaqueDump.ATTRIBUTE, "y".getBytes(StandardCharsets.US_ASCII));
                metadata = metadata.withXattrs(xattrs);
            }
            String decoded = directory.implicit() ? RawText.decode(directory.path()) : null;
            if (decoded != null) {
                implicit.add(isRoot ? decoded : decoded.substring(2));
            }
            described.add(new TarEntry(TarEntry.DIRECTORY, directory.path(), "", metadata, Body.NONE));
        }
        Collections.reverse(implicit);
        Extraction extraction =
                new Extraction(entries, bytes, whitedOut, implicit, tree.root().opaque());
        return new UnpackedLayer(extraction, described);
    }

    /** All directories of the tree, parents first. */
    private List<Directory> directories() {
        List<Directory> found = new ArrayList<>();
        Deque<Directory> todo = new ArrayDeque<>();
        todo.add(tree.root());
        while (!todo.isEmpty()) {
            Directory directory = todo.poll();
            found.add(directory);
            for (Node child : directory.children().values()) {
                if (child instanceof Directory below) {
                    todo.add(below);
                }
            }
        }
        return found;
    }

    private void write(char type, String path, String link, Metadata metadata, Body body) throws IOException {
        out.entry(new TarEntry(type, path, link, metadata, body));
    }
}

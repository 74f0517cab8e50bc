package dev.racker.harness.store;

import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.TarEntry.Body;
import dev.racker.harness.store.TarEntry.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes of a layer's tree the archive that OCI images have for it (image-spec, layer.md): owners as they are inside,
 * whiteouts as files, no attribute of overlayfs. Equal trees give equal bytes.
 */
public final class LayerArchive {

    private static final String OPAQUE = "trusted.overlay.opaque";

    private final LayerStore layers;
    private final TarSource source;

    /** Makes archives of the layers of this store. */
    public LayerArchive(LayerStore layers, CommandRunner runner) {
        this.layers = layers;
        this.source = new TarSource(runner);
    }

    /**
     * Writes the archive of a layer that is there, uncompressed; the stream is not closed.
     *
     * @throws UnpackException when the tree cannot be read, or has owners that its mapping does not know
     */
    public void write(LayerId id, OutputStream out) throws IOException {
        try (InputStream tar = source.openWithoutHoles(layers.path(id))) {
            new Translation(id, new TarReader(tar), new TarWriter(out)).run();
        }
    }

    /** One archive on its way from overlayfs's form to OCI's. */
    private static final class Translation {

        private final TarReader in;
        private final TarWriter out;
        private final EntryMapping mapping;
        private final Set<String> removed = new HashSet<>();

        Translation(LayerId id, TarReader in, TarWriter out) {
            this.in = in;
            this.out = out;
            this.mapping = new EntryMapping(id.mapping(), IdMapping.IDENTITY, false);
        }

        void run() throws IOException {
            for (TarEntry entry = in.next(); entry != null; entry = in.next()) {
                String name = plain(entry.name());
                if (isWhiteout(entry)) {
                    removed.add(name);
                    marker(
                            parent(name),
                            EntryName.WHITEOUT + name.substring(parent(name).length()));
                } else {
                    copy(entry, name);
                }
            }
            out.end();
        }

        private void copy(TarEntry entry, String name) throws IOException {
            Metadata metadata = mapping.map(entry);
            out.entry(new TarEntry(
                    entry.type(),
                    name,
                    entry.type() == TarEntry.HARD_LINK ? plain(entry.link()) : entry.link(),
                    metadata.withXattrs(new TreeMap<>(metadata.xattrs())),
                    entry.body()));
            in.copyBody(out);
            if (Arrays.equals(entry.metadata().xattrs().get(OPAQUE), "y".getBytes(StandardCharsets.US_ASCII))) {
                marker(name.equals("./") ? "" : name, EntryName.OPAQUE);
            }
        }

        /** The kernel makes whiteouts of one directory links to one and the same device (overlayfs, from 5.8 on). */
        private boolean isWhiteout(TarEntry entry) {
            if (entry.type() == TarEntry.HARD_LINK) {
                return removed.contains(plain(entry.link()));
            }
            return entry.type() == TarEntry.CHARACTER_DEVICE
                    && entry.body().major() == 0
                    && entry.body().minor() == 0;
        }

        private void marker(String directory, String name) throws IOException {
            Metadata metadata = new Metadata(0, 0, 0, Instant.EPOCH, Map.of());
            out.entry(new TarEntry(TarEntry.FILE, directory + name, "", metadata, Body.NONE));
        }

        private static String plain(String name) {
            return name.startsWith("./") && name.length() > 2 ? name.substring(2) : name;
        }

        /** With its slash; empty for what is at the top. */
        private static String parent(String name) {
            return name.substring(0, name.lastIndexOf('/') + 1);
        }
    }
}

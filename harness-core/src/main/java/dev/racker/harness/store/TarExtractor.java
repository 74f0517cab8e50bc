package dev.racker.harness.store;

import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Unpacks tar archives into trees that overlayfs can use as layers; immutable, needs root and GNU tar.
 *
 * <p>It reads the archive, decides for each member what it is and where it goes, and writes a second archive, in which
 * nothing is left to decide, straight into GNU tar.
 */
public final class TarExtractor {

    /** What an archive's members mean. */
    public enum Content {
        /** A layer of an OCI image: whiteouts are files whose names start with {@code .wh.}. */
        OCI_LAYER,
        /** A root file system: every name is just a name. */
        ROOT_FILE_SYSTEM,
        /** A layer as this class makes it, whiteouts in overlayfs's form, from {@link TarSource}. */
        OVERLAY
    }

    private final CommandRunner runner;
    private final Content content;
    private final IdMapping source;

    /** Creates an extractor of OCI layers. */
    public TarExtractor(CommandRunner runner) {
        this(runner, Content.OCI_LAYER, IdMapping.IDENTITY);
    }

    private TarExtractor(CommandRunner runner, Content content, IdMapping source) {
        this.runner = runner;
        this.content = content;
        this.source = source;
    }

    /** Says what the archives hold. */
    public TarExtractor content(Content newContent) {
        return new TarExtractor(runner, newContent, source);
    }

    /** Says how the ids in the archives are mapped already; by default not at all. */
    public TarExtractor source(IdMapping newSource) {
        return new TarExtractor(runner, content, newSource);
    }

    /**
     * Unpacks an archive, which is read to its end and not closed.
     *
     * @param tar an archive that is not compressed
     * @param directory an empty directory, made if it is missing; what it holds after a failure is of no use
     * @param mapping how ids are to stand on disk
     * @throws UnpackException when the archive is damaged or hostile, or when the tree cannot be made
     */
    public Extraction extract(InputStream tar, Path directory, IdMapping mapping) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
        try (LayerDirectories directories = LayerDirectories.start(runner, directory)) {
            UnpackedLayer unpacked = extractMembers(tar, directory, mapping);
            directories.finish(List.of(new LayerDirectories.Layer(directory, unpacked, false)));
            return unpacked.extraction();
        }
    }

    /**
     * Unpacks an archive as {@link #extract} does, but for the attributes of its directories.
     *
     * @return what {@link LayerDirectories} has to be told
     */
    public UnpackedLayer extractMembers(InputStream tar, Path directory, IdMapping mapping) {
        try {
            requireEmpty(directory);
            return unpack(tar, directory, mapping);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static UnpackException unreadable(Path directory, IOException failure) {
        return new UnpackException(
                "Tried to unpack an archive into " + directory + ", but reading failed: " + failure.getMessage(),
                "Try again.",
                failure);
    }

    private UnpackedLayer unpack(InputStream tar, Path directory, IdMapping mapping) throws IOException {
        TarReader reader = new TarReader(tar);
        EntryMapping entries = new EntryMapping(source, mapping, content == Content.OVERLAY);
        try (TarProcess members = TarProcess.start(runner, directory, TarProcess.Existing.REPLACE)) {
            LayerBuilder builder = new LayerBuilder(members.writer(), entries, content == Content.OCI_LAYER);
            readAll(reader, builder);
            builder.whiteOut();
            members.finish();
            return builder.unpacked();
        }
    }

    /** Reads to the end in any case, because a source that verifies its content can tell only there what is wrong. */
    private static void readAll(TarReader reader, LayerBuilder builder) throws IOException {
        try {
            TarEntry entry = reader.next();
            while (entry != null) {
                builder.add(entry, reader);
                entry = reader.next();
            }
        } catch (UnpackException e) {
            if (e.archiveAtFault()) {
                reader.drain();
            }
            throw e;
        }
        reader.drain();
    }

    private static void requireEmpty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            if (children.iterator().hasNext()) {
                throw new UnpackException(
                        "Tried to unpack into " + directory + ", but it is not empty.",
                        "Name a directory that is empty.",
                        null);
            }
        }
    }
}

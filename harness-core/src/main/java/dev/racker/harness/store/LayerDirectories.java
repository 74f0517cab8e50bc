package dev.racker.harness.store;

import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.TarEntry.Body;
import dev.racker.harness.store.TarEntry.Metadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Gives the directories of unpacked layers their attributes, when nothing in them changes any more: those that the
 * archive says, and for directories that it only passes through those that they have in the layers below.
 *
 * <p>One GNU tar does it for all layers, and is started before it is needed, so that nobody waits for its start. Closing
 * this ends it.
 */
public final class LayerDirectories implements AutoCloseable {

    private final Path base;
    private final InheritedAttributes inherited;
    private final TarProcess tar;

    private LayerDirectories(Path base, InheritedAttributes inherited, TarProcess tar) {
        this.base = base;
        this.inherited = inherited;
        this.tar = tar;
    }

    /**
     * One layer of a stack.
     *
     * @param unpacked how it was made; null when it was complete before
     * @param hides whether nothing of the layers below it is to be seen
     */
    public record Layer(Path tree, UnpackedLayer unpacked, boolean hides) {}

    /**
     * Starts GNU tar.
     *
     * @param base the directory that all trees are in, or the only tree
     */
    public static LayerDirectories start(CommandRunner runner, Path base) {
        return new LayerDirectories(
                base, new InheritedAttributes(runner), TarProcess.start(runner, base, TarProcess.Existing.UPDATE));
    }

    /**
     * Sets owner, mode, time and extended attributes of all directories of the layers that were unpacked; once.
     *
     * @param stack the layers, the lowest first, with owners mapped alike
     * @throws UnpackException when they cannot be read or set
     */
    public void finish(List<Layer> stack) {
        try {
            List<Map<String, Metadata>> adopted = inherited.of(stack);
            for (int i = 0; i < stack.size(); i++) {
                if (stack.get(i).unpacked() != null) {
                    write(stack.get(i), adopted.get(i));
                }
            }
            tar.finish();
        } catch (IOException e) {
            throw new UnpackException(
                    "Tried to give directories in " + base + " their attributes, but: " + e.getMessage(),
                    "Try again.",
                    e);
        }
    }

    private void write(Layer layer, Map<String, Metadata> adopted) throws IOException {
        String root = layer.tree().equals(base)
                ? "."
                : "./" + RawText.encode(base.relativize(layer.tree()).toString());
        for (TarEntry directory : layer.unpacked().directories()) {
            tar.writer()
                    .entry(new TarEntry(
                            TarEntry.DIRECTORY,
                            root + directory.name().substring(1),
                            "",
                            adopted.getOrDefault(directory.name(), directory.metadata()),
                            Body.NONE));
        }
    }

    @Override
    public void close() {
        tar.close();
    }
}

package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.LayerDirectories.Layer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that layers only pass through, in real trees. */
class LayerDirectoriesIT extends TarExtractorCase {

    private final List<String> commands = new ArrayList<>();

    /** Unpacks a stack, the lowest first, of which {@code complete} layers came before the others; gives their trees. */
    private List<Path> unpack(int complete, LayerFixture... layers) {
        List<Layer> stack = new ArrayList<>();
        for (int i = 0; i < layers.length; i++) {
            boolean last = i == layers.length - 1;
            if (i == complete - 1 || last) {
                commands.clear();
            }
            stack.add(members(layers[i], work.resolve("layer" + i), i));
            if (i < complete || last) {
                stack = finish(stack);
            }
        }
        return stack.stream().map(Layer::tree).toList();
    }

    private Layer members(LayerFixture layer, Path tree, int height) {
        UnpackedLayer unpacked =
                extractor.extractMembers(new ByteArrayInputStream(layer.bytes()), tree, IdMapping.SHIFTED);
        return new Layer(tree, unpacked, height > 0 && unpacked.extraction().opaqueRoot());
    }

    private List<Layer> finish(List<Layer> stack) {
        try (LayerDirectories directories = LayerDirectories.start(new CommandRunner(commands::add), work)) {
            directories.finish(stack);
        }
        List<Layer> complete = new ArrayList<>();
        stack.forEach(layer -> complete.add(new Layer(layer.tree(), null, layer.hides())));
        return complete;
    }

    private String stat(Path directory) {
        return run("stat", "-c", "%a %u:%g", directory.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void directories_take_the_attributes_of_the_nearest_layer_that_shows_them(int complete) {
        Path top = unpack(
                        complete,
                        LayerFixture.layer()
                                .owner(5, 6)
                                .dir("a", 0711)
                                .dir("a/b", 01777)
                                .dir("hidden/c", 0700)
                                .dir("file", 0700)
                                .dir("link/x", 0700)
                                .dir("gone/x", 0700),
                        LayerFixture.layer()
                                .owner(7, 8)
                                .dir("a", 0751)
                                .file("hidden/.wh..wh..opq", "")
                                .file("file", "")
                                .symlink("link", "a")
                                .file(".wh.gone", ""),
                        LayerFixture.layer()
                                .file("a/b/new", "")
                                .file("hidden/c/new", "")
                                .file("file/new", "")
                                .file("link/x/new", "")
                                .file("gone/x/new", ""))
                .get(2);
        assertEquals(complete == 0 ? 1 : 2, commands.size(), "one reads all layers, one writes: " + commands);
        assertEquals("751 524295:524296", stat(top.resolve("a")));
        assertEquals("1777 524293:524294", stat(top.resolve("a/b")));
        assertEquals("1600000001.1234560000", run("stat", "-c", "%.10Y", top + "/a/b"));
        for (String fresh : List.of("hidden/c", "file", "link/x", "gone/x")) {
            assertEquals("755 524288:524288", stat(top.resolve(fresh)), fresh);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void what_a_layer_only_passes_through_is_passed_on_to_those_above(int complete) {
        List<Path> trees = unpack(
                complete,
                LayerFixture.layer().owner(5, 6).dir("a", 0711).dir("a/b", 01777),
                LayerFixture.layer().file("a/b/.wh..wh..opq", "").file("a/b/first", ""),
                LayerFixture.layer().file("a/b/second", ""));
        for (Path tree : trees) {
            assertEquals("711 524293:524294", stat(tree.resolve("a")), tree.toString());
            assertEquals("1777 524293:524294", stat(tree.resolve("a/b")), tree.toString());
        }
        String marks = run("getfattr", "-R", "-d", "-m", "trusted.overlay", "layer0", "layer1", "layer2");
        assertEquals("# file: layer1/a/b\ntrusted.overlay.opaque=\"y\"", marks.strip());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void nothing_is_taken_from_below_a_layer_that_hides_it_all(int complete) {
        Path top = unpack(
                        complete,
                        LayerFixture.layer().owner(5, 6).dir("a", 0711),
                        LayerFixture.layer().file(".wh..wh..opq", "").dir("b", 0750),
                        LayerFixture.layer().file("a/new", "").file("b/new", ""))
                .get(2);
        assertEquals("755 524288:524288", stat(top.resolve("a")));
        assertEquals("750 524288:524288", stat(top.resolve("b")));
    }

    @Test
    void layers_without_such_directories_need_one_process() {
        Path top = unpack(
                        0,
                        LayerFixture.layer().dir("./", 0750).dir("a", 0711),
                        LayerFixture.layer().dir("./", 0700).dir("a", 0751).file("a/new", ""))
                .get(1);
        assertEquals(1, commands.size(), commands.toString());
        assertEquals("700 524288:524288", stat(top));
        assertEquals("751 524288:524288", stat(top.resolve("a")));
    }
}

package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Digest;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.GarbageCollector.Collected;
import dev.racker.harness.store.OciLayout.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectorTest {

    private static final LayerId ONE = LayerId.ofRecipe("1");
    private static final LayerId TWO = LayerId.ofRecipe("2");
    private static final LayerId BOOT = LayerId.ofRecipe("boot");

    @TempDir
    Path directory;

    private final Set<LayerId> inContainers = new HashSet<>();
    private StorePaths paths;
    private Locks locks;
    private ImageStore images;
    private LayerStore layers;
    private OciLayout oci;
    private GarbageCollector collector;

    @BeforeEach
    void open() {
        paths = new StorePaths(
                new StateDirectories(directory.resolve("s"), directory.resolve("c"), directory.resolve("r")));
        locks = new Locks(paths.locks());
        images = new ImageStore(paths);
        layers = new LayerStore(paths, locks, new CommandRunner());
        oci = new OciLayout(paths.ociLayout(), locks);
        collector = new GarbageCollector(paths, images, layers, oci, locks, () -> inContainers);
    }

    @AfterEach
    void no_lock_is_left() throws IOException {
        if (Files.exists(paths.locks())) {
            try (var files = Files.list(paths.locks())) {
                assertEquals(List.of(), files.toList());
            }
        }
    }

    @Test
    void an_empty_store_is_collected_without_a_word() {
        assertEquals(new Collected(List.of(), 0, 0, false), collector.collect());
    }

    @Test
    void layers_of_images_and_containers_stay_in_all_variants_and_others_go() {
        for (LayerId id : List.of(ONE, ONE.unshifted(), TWO, TWO.unshifted(), BOOT)) {
            layer(id);
        }
        images.put(ImageStoreTest.image("x", ONE));
        inContainers.add(TWO.unshifted());
        assertEquals(List.of(), collector.collect().layers());

        inContainers.clear();
        Collected collected = collector.collect();

        assertEquals(Set.of(TWO, TWO.unshifted()), Set.copyOf(collected.layers()));
        assertEquals(Set.of(ONE, ONE.unshifted(), BOOT), Set.copyOf(layers.list()));
        images.remove("x");
        assertEquals(3, collector.collect().layers().size());
        assertTrue(paths.layersDirectory().toFile().list().length == 0);
    }

    @Test
    void layers_that_two_names_share_stay_until_the_last_is_removed() {
        layer(ONE);
        images.put(ImageStoreTest.image("x", ONE));
        images.put(ImageStoreTest.image("y", ONE));

        images.remove("x");
        collector.collect();
        assertTrue(layers.contains(ONE));
        images.remove("y");
        collector.collect();
        assertFalse(layers.contains(ONE));
    }

    @Test
    void nothing_goes_while_somebody_is_about_to_refer_to_it() {
        layer(ONE);
        try (Lock pull = collector.pin();
                Lock run = collector.pin()) {
            assertTrue(pull != run && collector.collect().deferred());
            assertTrue(layers.contains(ONE));
        }
        assertEquals(List.of(ONE), collector.collect().layers());
    }

    @Test
    void a_layer_that_somebody_holds_stays() {
        layer(ONE);
        try (Lock lock = locks.exclusive("layer", ONE.value())) {
            assertEquals(List.of(), collector.collect().layers(), lock.toString());
        }
        assertTrue(layers.contains(ONE));
    }

    @Test
    void nothing_goes_while_a_record_is_damaged_because_its_layers_are_not_known() throws IOException {
        layer(ONE);
        Files.createDirectories(paths.imagesDirectory());
        Files.writeString(paths.image("x"), "{");

        assertTrue(collector.collect().deferred());

        assertTrue(layers.contains(ONE));
    }

    @Test
    void blobs_go_unless_an_image_leads_to_them_by_name_or_digest() throws IOException {
        Descriptor byName = OciLayoutTest.putImage(oci, "by name");
        Descriptor gone = OciLayoutTest.putImage(oci, "gone");
        Descriptor byDigest = OciLayoutTest.putImage(oci, "by digest");
        oci.putEntry(OciLayout.refName("x"), byName);
        oci.putEntry(OciLayout.refName("removed"), gone);
        StoredImage named = ImageStoreTest.image("x", ONE);
        images.put(named);
        images.put(withDigest(named.withName("y"), byDigest.digest()));

        Collected collected = collector.collect();

        assertEquals(3, collected.blobs());
        assertTrue(collected.bytes() > 100);
        assertEquals(6, oci.listBlobs().size());
        assertEquals(List.of(byName.named(OciLayout.refName("x"))), oci.index());
        assertEquals(1, oci.manifest(byName.digest()).layers().size());
        assertEquals(1, oci.manifest(byDigest.digest()).layers().size());
        assertEquals(0, collector.collect().blobs());
    }

    @Test
    void a_sweep_removes_what_killed_processes_left_and_no_image() throws IOException {
        layer(ONE);
        images.put(ImageStoreTest.image("x", ONE));
        oci.create();
        Files.writeString(paths.imagesDirectory().resolve(".tmp-1"), "half");
        Files.writeString(paths.ociLayout().resolve("oci-put-blob123"), "half");
        Files.writeString(paths.ociLayout().resolve(".tmp-2"), "half");
        Files.createDirectories(paths.layersDirectory().resolve(".tmp-" + TWO + "-1-2/x"));
        Files.writeString(Files.createDirectories(paths.locks()).resolve("image-x.lock"), "old");

        try (Lock pull = collector.pin()) {
            collector.sweepTemporary();
            assertTrue(pull != null && Files.exists(paths.ociLayout().resolve("oci-put-blob123")));
        }
        collector.sweepTemporary();

        assertEquals(1, paths.imagesDirectory().toFile().list().length);
        assertEquals(1, paths.layersDirectory().toFile().list().length);
        assertEquals(
                Set.of("blobs", "oci-layout"), Set.of(paths.ociLayout().toFile().list()));
        assertEquals("x", images.find("x").orElseThrow().name());
    }

    private void layer(LayerId id) {
        layers.ensure(id, tree -> Files.createDirectories(tree.resolve("etc")));
    }

    private static StoredImage withDigest(StoredImage image, Digest digest) {
        return new StoredImage(
                image.name(),
                image.reference(),
                digest,
                image.created(),
                image.pulled(),
                image.size(),
                image.layers(),
                image.config(),
                image.source(),
                image.platform(),
                image.family(),
                image.boot(),
                image.bootLayer());
    }
}

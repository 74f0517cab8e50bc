package dev.racker.harness.acquire;

import dev.racker.harness.store.GarbageCollector;
import dev.racker.harness.store.ImageStore;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.Locks;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.StorePaths;

/** The parts of one store that a pull writes to. */
public record ImageStores(
        StorePaths paths,
        Locks locks,
        ImageStore images,
        LayerStore layers,
        OciLayout oci,
        GarbageCollector collector) {}

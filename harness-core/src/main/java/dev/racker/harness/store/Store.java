package dev.racker.harness.store;

import dev.racker.harness.process.CommandRunner;

/**
 * Everything on disk, wired together.
 *
 * @param paths where things are
 * @param locks who may touch them
 * @param layers the read-only trees
 * @param images the images
 * @param containers the containers
 * @param volumes the volumes
 * @param oci the blobs that layers were unpacked from
 * @param garbage the collector of what nobody needs
 */
public record Store(
        StorePaths paths,
        Locks locks,
        LayerStore layers,
        ImageStore images,
        ContainerStore containers,
        VolumeStore volumes,
        OciLayout oci,
        GarbageCollector garbage) {

    /** Opens the store in these directories; nothing is read or made yet. */
    public static Store open(StateDirectories directories, CommandRunner runner) {
        StorePaths paths = new StorePaths(directories);
        Locks locks = new Locks(paths.locks(), runner.cancellation());
        LayerStore layers = new LayerStore(paths, locks, runner);
        ImageStore images = new ImageStore(paths);
        ContainerStore containers = new ContainerStore(paths, runner);
        VolumeStore volumes = new VolumeStore(paths, locks, runner);
        OciLayout oci = new OciLayout(paths.ociLayout(), locks);
        GarbageCollector garbage = new GarbageCollector(paths, images, layers, oci, locks, containers::layersInUse);
        return new Store(paths, locks, layers, images, containers, volumes, oci, garbage);
    }
}

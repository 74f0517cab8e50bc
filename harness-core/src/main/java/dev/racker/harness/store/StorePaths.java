package dev.racker.harness.store;

import java.nio.file.Path;

/** The one class that knows where things are on disk; it touches no file. */
public final class StorePaths {

    /** How the names of unfinished and half-deleted things start; nothing that is complete starts so. */
    static final String TEMPORARY_PREFIX = ".tmp-";

    private final StateDirectories directories;
    private final Path layers;
    private final Path images;

    /** Lays the store out in these directories. */
    public StorePaths(StateDirectories directories) {
        this.directories = directories;
        this.layers = directories.state().resolve("layers");
        this.images = directories.state().resolve("images");
    }

    /** The directories this store is in. */
    public StateDirectories directories() {
        return directories;
    }

    /** The one OCI layout, whose blobs all images share. */
    public Path ociLayout() {
        return directories.state().resolve("oci");
    }

    /** Where all layers are. */
    public Path layersDirectory() {
        return layers;
    }

    /** The tree of one layer. */
    public Path layer(LayerId id) {
        return layers.resolve(id.value());
    }

    /** The file that says what a layer takes on disk. */
    Path layerSize(LayerId id) {
        return directories.state().resolve("layer-sizes").resolve(id.value());
    }

    /** Where all image records are. */
    public Path imagesDirectory() {
        return images;
    }

    /** The record of the image of this name. */
    public Path image(String name) {
        return images.resolve(FileNames.encode(name) + FileNames.RECORD_SUFFIX);
    }

    /** Where all containers are. */
    public Path containers() {
        return directories.state().resolve("containers");
    }

    /** The directory of one container that is kept. */
    public Path container(String id) {
        return containers().resolve(id);
    }

    /** Where all containers are that are removed when their machine ends. */
    public Path ephemeralContainers() {
        return directories.state().resolve("ephemeral");
    }

    /** The directory of one container that is removed when its machine ends. */
    public Path ephemeralContainer(String id) {
        return ephemeralContainers().resolve(id);
    }

    /** The link that reserves the name of a container. */
    public Path containerName(String name) {
        return containerNames().resolve(name);
    }

    /** Where the links from names to containers are. */
    public Path containerNames() {
        return directories.state().resolve("names");
    }

    /** What is mounted in a container, in the container's directory; not there when nothing is. */
    public static Path mounts(Path container) {
        return container.resolve("mounts.json");
    }

    /** Where all volumes are. */
    public Path volumes() {
        return directories.state().resolve("volumes");
    }

    /** The directory of one volume. */
    public Path volume(String name) {
        return volumes().resolve(name);
    }

    /** The content of a volume, in its directory. */
    public Path volumeContent(String name) {
        return volume(name).resolve("_data");
    }

    /** The record of a volume, in its directory. */
    public Path volumeRecord(String name) {
        return volume(name).resolve("volume.json");
    }

    /** Where the volumes are noted that go with a container which is removed when its machine ends, a file for each. */
    public Path ephemeralVolumes() {
        return directories.state().resolve("ephemeral-volumes");
    }

    /** Where the boot consoles of ephemeral machines are kept that failed to boot. */
    public Path bootFailures() {
        return directories.cache().resolve("failed-boots");
    }

    /** Where the definitions of the networks are that users have made. */
    public Path networks() {
        return directories.state().resolve("networks");
    }

    /** Where copies of the host's programs are that start payloads in images without any. */
    public Path toolboxes() {
        return directories.state().resolve("toolbox");
    }

    /** Where what is wanted of machines that wait is written down, a file for each image. */
    public Path standbySettings() {
        return directories.state().resolve("standby");
    }

    /** What is wanted of the machines of the image of this name that wait. */
    public Path standbySetting(String image) {
        return standbySettings().resolve(FileNames.encode(image) + FileNames.RECORD_SUFFIX);
    }

    /** Why machines of the image of this name could not be booted to wait; there only when that was so. */
    public Path standbyProblem(String image) {
        return directories.run().resolve("standby").resolve(FileNames.encode(image));
    }

    /** Where lock files are. */
    public Path locks() {
        return directories.run().resolve("locks");
    }

    /** Where downloads are kept, to be resumed and used again. */
    public Path downloads() {
        return directories.cache().resolve("downloads");
    }

    /** What belongs to one running machine and does not survive a reboot. */
    public Path machineRun(String id) {
        return machines().resolve(id);
    }

    /** Where the directories of all running machines are. */
    public Path machines() {
        return directories.run().resolve("machines");
    }
}

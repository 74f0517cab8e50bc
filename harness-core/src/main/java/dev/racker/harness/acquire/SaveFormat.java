package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;

/** In what form images are saved; the names are podman's. */
public enum SaveFormat {
    /** What {@code docker save} writes: one tar file. */
    DOCKER_ARCHIVE("docker-archive"),
    /** An OCI layout in one tar file. */
    OCI_ARCHIVE("oci-archive"),
    /** An OCI layout, a directory. */
    OCI_DIR("oci-dir"),
    /** A directory of docker's manifest and blobs, what skopeo calls dir. */
    DOCKER_DIR("docker-dir");

    private final String name;

    SaveFormat(String name) {
        this.name = name;
    }

    /** Says whether it is a directory, and not a file. */
    public boolean isDirectory() {
        return this == OCI_DIR || this == DOCKER_DIR;
    }

    /**
     * Reads the name of a form.
     *
     * @throws HarnessException when there is no such form
     */
    public static SaveFormat parse(String text) {
        for (SaveFormat format : values()) {
            if (format.name.equals(text)) {
                return format;
            }
        }
        throw new HarnessException(
                "Tried to save in the format \"" + text + "\", but there is no such format.",
                "Use docker-archive, oci-archive, oci-dir or docker-dir.");
    }

    @Override
    public String toString() {
        return name;
    }
}

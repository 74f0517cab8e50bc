package dev.racker.harness.acquire;

import java.nio.file.Path;

/**
 * How skopeo sends an image somewhere.
 *
 * @param registry how to talk to a registry; the credentials are in a file
 * @param format the form of the manifest, {@code oci} or {@code v2s2}; null keeps it
 * @param digestFile where skopeo writes the digest of what was sent; null for nowhere
 */
record SendOptions(RegistryOptions registry, String format, Path digestFile) {

    /** In docker's form, to a place that is no registry. */
    static SendOptions dockers() {
        return new SendOptions(RegistryOptions.defaults(), "v2s2", null);
    }
}

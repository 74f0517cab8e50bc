package dev.racker.harness.acquire;

import dev.racker.harness.acquire.OciManifest.Entry;
import dev.racker.harness.image.Platform;

/** Finds the manifest for a platform in an index. */
final class PlatformChoice {

    private PlatformChoice() {}

    /**
     * Chooses an equal platform if there is one, else the first that runs there.
     *
     * @throws RegistryException of kind PLATFORM_MISSING that names those on offer
     */
    static Entry choose(String name, OciManifest index, Platform wanted) {
        Entry first = null;
        for (Entry manifest : index.manifests()) {
            if (wanted.equals(manifest.platform())) {
                return manifest;
            }
            if (first == null && manifest.platform() != null && wanted.accepts(manifest.platform())) {
                first = manifest;
            }
        }
        if (first == null) {
            throw RegistryFailures.platformMissing(name, wanted.toString(), offered(index));
        }
        return first;
    }

    private static String offered(OciManifest index) {
        StringBuilder offered = new StringBuilder();
        for (Entry manifest : index.manifests()) {
            if (manifest.platform() != null) {
                offered.append(offered.isEmpty() ? "" : ", ").append(manifest.platform());
            }
        }
        return offered.isEmpty() ? "no platform at all" : offered.toString();
    }
}

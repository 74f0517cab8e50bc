package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.Platform;
import dev.racker.harness.store.DamagedDocumentException;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.OciManifests;
import java.util.List;

/** Manifests and indexes as a registry gives them, looked at before anything is copied. */
final class OfferedManifest {

    private final byte[] document;
    private final Digest digest;

    /** Takes the bytes of a manifest. */
    OfferedManifest(byte[] document) {
        this.document = document;
        this.digest = Sha256.of(document);
    }

    Digest digest() {
        return digest;
    }

    /** Says whether it is a manifest in docker's own form, which OCI layouts do not take. */
    boolean isDockers() {
        return OciManifests.isDockers(document);
    }

    /** One manifest for each platform; empty when this is a manifest itself. */
    List<OciLayout.Descriptor> manifests() {
        return OciManifests.readIndex(digest, document);
    }

    /** What the layers take, compressed; 0 when the manifest does not say. */
    long layerBytes() {
        try {
            long sum = 0;
            for (OciLayout.Descriptor layer :
                    OciManifests.readManifest(digest, document).layers()) {
                sum += Math.max(0, layer.size());
            }
            return sum;
        } catch (DamagedDocumentException e) {
            return 0; // docker's schema 1 has no sizes; skopeo converts it, or says what is wrong with it
        }
    }

    /**
     * Chooses the manifest of a platform: an equal one if there is one, else the first that runs there.
     *
     * @throws RegistryException of kind PLATFORM_MISSING that names those on offer
     */
    static OciLayout.Descriptor choose(String name, List<OciLayout.Descriptor> manifests, Platform wanted) {
        OciLayout.Descriptor first = null;
        for (OciLayout.Descriptor manifest : manifests) {
            if (wanted.equals(manifest.platform())) {
                return manifest;
            }
            if (first == null && manifest.platform() != null && wanted.accepts(manifest.platform())) {
                first = manifest;
            }
        }
        if (first == null) {
            throw RegistryFailures.platformMissing(name, wanted.toString(), platforms(manifests));
        }
        return first;
    }

    private static String platforms(List<OciLayout.Descriptor> manifests) {
        StringBuilder platforms = new StringBuilder();
        for (OciLayout.Descriptor manifest : manifests) {
            // "unknown/unknown" is how buildkit marks attestations.
            if (manifest.platform() != null && !manifest.platform().os().equals("unknown")) {
                platforms.append(platforms.isEmpty() ? "" : ", ").append(manifest.platform());
            }
        }
        return platforms.isEmpty() ? "no platform at all" : platforms.toString();
    }
}

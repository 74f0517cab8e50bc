package dev.racker.harness.image;

import java.net.URI;

/**
 * A root file system in a tar file behind http or https.
 *
 * @param uri the address, as typed
 */
public record TarballUrlReference(URI uri) implements ImageReference {

    /** Checks scheme and ending. */
    public TarballUrlReference {
        uri = ReferenceParser.checkedUri(uri);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}

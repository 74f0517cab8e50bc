package dev.racker.harness.store;

import dev.racker.harness.store.TarEntry.Metadata;
import java.time.Instant;
import java.util.Map;

/** Brings owners and extended attributes of archive members to the mapping of the tree. */
final class EntryMapping {

    private final IdMapping source;
    private final IdMapping target;
    private final ExtendedAttributes attributes;

    EntryMapping(IdMapping source, IdMapping target, boolean keepOverlay) {
        this.source = source;
        this.target = target;
        this.attributes = new ExtendedAttributes(source, target, keepOverlay);
    }

    Metadata map(TarEntry entry) {
        Metadata metadata = entry.metadata();
        try {
            return new Metadata(
                    metadata.mode(),
                    target.toHost(source.fromHost(metadata.uid())),
                    target.toHost(source.fromHost(metadata.gid())),
                    metadata.mtime(),
                    attributes.translate(metadata.xattrs()));
        } catch (IllegalArgumentException e) {
            throw new UnpackException(
                    "Tried to unpack " + RawText.display(entry.name()) + ", but its owner, group or an attribute cannot"
                            + " be stored: " + e.getMessage() + ".",
                    "Use an image whose ids are in that range, or one without a user namespace (--userns=host).",
                    e);
        }
    }

    /** The metadata of what belongs to root because no member says otherwise. */
    Metadata root(int mode, Instant mtime) {
        return new Metadata(mode, target.toHost(0), target.toHost(0), mtime, Map.of());
    }
}

package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.OciLayout;
import java.time.Instant;
import java.util.List;

/**
 * What a source has brought into the store, before it has a record there.
 *
 * @param source how it was had: {@code registry}, {@code bootstrap}, {@code archive}, ...
 * @param reference where it came from
 * @param digest what a later pull compares with
 * @param layers lowest first
 * @param created {@link Instant#EPOCH} when nobody knows
 * @param manifest where it is in the OCI layout; null for what came without manifest
 */
record Acquired(
        String source,
        String reference,
        Digest digest,
        List<LayerId> layers,
        ImageConfig config,
        Platform platform,
        Instant created,
        OciLayout.Descriptor manifest) {}

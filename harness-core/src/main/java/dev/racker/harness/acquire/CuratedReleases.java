package dev.racker.harness.acquire;

import dev.racker.harness.image.RegistryReference;
import java.util.List;
import java.util.Optional;

/** The releases of distributions that are known by name, wherever that knowledge comes from. */
public interface CuratedReleases {

    /** Finds the release with this label or alias: {@code debian-bookworm}, {@code debian-12}. */
    Optional<CuratedRelease> byLabel(String label);

    /** Finds the release that an image in a registry stands for; empty when it names a digest. */
    Optional<CuratedRelease> byReference(RegistryReference reference);

    /** Labels that somebody may have meant who typed this name, which is no label; usually none. */
    default List<String> similar(String name) {
        return List.of();
    }

    /** Knows nothing. */
    static CuratedReleases none() {
        return new CuratedReleases() {
            @Override
            public Optional<CuratedRelease> byLabel(String label) {
                return Optional.empty();
            }

            @Override
            public Optional<CuratedRelease> byReference(RegistryReference reference) {
                return Optional.empty();
            }
        };
    }
}

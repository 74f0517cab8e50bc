package dev.racker.cli;

import dev.racker.harness.Volumes;
import dev.racker.harness.store.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The volumes that no container mounts, to be removed. */
final class UnusedVolumes {

    private final Volumes volumes;
    private final VolumeFilter filter;
    private final boolean named;

    /**
     * Chooses among them.
     *
     * @param named whether those that have a name are meant too
     */
    UnusedVolumes(Volumes volumes, List<String> filters, boolean named) {
        this.volumes = volumes;
        this.filter = new VolumeFilter(filters, Set.of("label", "label!", "all"), volumes::isUsed);
        this.named = named;
    }

    /** Removes those that fit, and tells which. */
    void remove(PruneReport report) {
        List<String> removed = new ArrayList<>();
        long bytes = 0;
        for (Volume volume : volumes.list()) {
            if ((named || volume.isAnonymous()) && filter.fits(volume) && !volumes.isUsed(volume)) {
                long size = volumes.size(volume);
                if (volumes.removeUnused(volume.name())) {
                    removed.add(volume.name());
                    bytes += size;
                }
            }
        }
        report.tell("Volumes", removed, bytes);
    }
}

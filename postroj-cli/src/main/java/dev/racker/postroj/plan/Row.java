package dev.racker.postroj.plan;

import dev.racker.harness.acquire.HttpDownloader;
import dev.racker.harness.evidence.PathGlob;
import dev.racker.harness.probe.Probe;
import dev.racker.harness.progress.Progress;
import java.util.List;

/**
 * One row of the matrix: what is tried on each image, read and checked.
 *
 * @param subject what reports call it
 * @param packages what is tested; empty when only the image is looked at
 * @param with what is installed before
 * @param upgradeFrom what is installed first when an upgrade is tested
 * @param lifecycle what is done with the packages; empty when there are none
 * @param setup commands that prepare the machine
 * @param run commands that must work once the packages are there
 * @param probes the checks
 * @param units units that are checked to be there: when one of them fails, no address is waited for
 * @param journal whether one of the checks reads the journal
 * @param allowedLeftovers globs of what may stay after the packages have gone
 */
public record Row(
        String subject,
        Goods packages,
        Goods with,
        Goods upgradeFrom,
        List<Step> lifecycle,
        List<String> setup,
        List<String> run,
        List<Probe> probes,
        List<String> units,
        boolean journal,
        List<PathGlob> allowedLeftovers) {

    /** Takes copies of the lists. */
    public Row {
        lifecycle = List.copyOf(lifecycle);
        setup = List.copyOf(setup);
        run = List.copyOf(run);
        probes = List.copyOf(probes);
        units = List.copyOf(units);
        allowedLeftovers = List.copyOf(allowedLeftovers);
    }

    /** The same with everything downloaded that is behind an address. */
    public Row resolve(HttpDownloader downloader, Progress progress) {
        return new Row(
                subject,
                packages.resolve(downloader, progress),
                with.resolve(downloader, progress),
                upgradeFrom.resolve(downloader, progress),
                lifecycle,
                setup,
                run,
                probes,
                units,
                journal,
                allowedLeftovers);
    }

    /** The same under another name. */
    public Row named(String newSubject) {
        return new Row(
                newSubject,
                packages,
                with,
                upgradeFrom,
                lifecycle,
                setup,
                run,
                probes,
                units,
                journal,
                allowedLeftovers);
    }

    /** Says whether packages are removed at the end, and what they leave behind is looked for. */
    public boolean removes() {
        return lifecycle.contains(Step.REMOVE) || lifecycle.contains(Step.PURGE);
    }
}

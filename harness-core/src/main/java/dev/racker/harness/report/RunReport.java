package dev.racker.harness.report;

import dev.racker.harness.probe.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Everything that one call of the acceptance tester tried and saw.
 *
 * @param title what was tested, for people: {@code pkgprobe nginx}
 * @param version of the program
 * @param commandLine the words that the user typed, the program's name first
 * @param host what it ran on, such as {@code Debian GNU/Linux 12, kernel 6.1.0, control plane machined}
 * @param started when it began
 * @param duration how long it took
 * @param interrupted whether a signal ended it early
 * @param cells one for each image and package
 */
public record RunReport(
        String title,
        String version,
        List<String> commandLine,
        String host,
        Instant started,
        Duration duration,
        boolean interrupted,
        List<CellReport> cells) {

    /** Takes copies of the lists. */
    public RunReport {
        commandLine = List.copyOf(commandLine);
        cells = List.copyOf(cells);
    }

    /** The worst of the cells; {@link Verdict#SKIPPED} when there is none. */
    public Verdict verdict() {
        Verdict worst = Verdict.SKIPPED;
        for (CellReport cell : cells) {
            worst = worst.worse(cell.verdict());
        }
        return worst;
    }
}

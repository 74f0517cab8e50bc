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

    /** The images, in the order in which the cells name them: the columns of the matrix. */
    public List<String> images() {
        return cells.stream().map(CellReport::image).distinct().toList();
    }

    /** The subjects, in the order in which the cells name them: the rows of the matrix. */
    public List<String> subjects() {
        return cells.stream().map(CellReport::subject).distinct().toList();
    }

    /** The cells of one subject on one image: mostly one, none when it was not asked for. */
    public List<CellReport> cells(String subject, String image) {
        return cells.stream()
                .filter(cell -> cell.subject().equals(subject) && cell.image().equals(image))
                .toList();
    }

    /** The cells that failed or could not be told, in their order. */
    public List<CellReport> badCells() {
        return cells.stream().filter(cell -> cell.verdict().isBad()).toList();
    }

    /** How many cells ended like this. */
    public int count(Verdict verdict) {
        return (int) cells.stream().filter(cell -> cell.verdict() == verdict).count();
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

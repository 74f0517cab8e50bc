package dev.racker.harness.evidence;

import dev.racker.harness.report.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a diagnosis looks at.
 *
 * @param log the lines of the package manager
 * @param units the lines of the status and the journal of each unit that does not run, by the unit's name
 * @param sockets the lines of the table of sockets
 */
record Clues(List<String> log, Map<String, List<String>> units, List<String> sockets) {

    private static final Pattern PROCESS = Pattern.compile("(?:Process|Main PID|Cntrl PID): (\\d+)");
    private static final String RUNS = "Active: active";

    static Clues of(String log, List<Evidence> evidence) {
        Map<String, List<String>> units = new LinkedHashMap<>();
        Set<String> running = new HashSet<>();
        List<String> sockets = new ArrayList<>();
        List<String> boot = new ArrayList<>();
        for (Evidence part : evidence) {
            if (part.title().startsWith(Evidences.STATUS_OF)) {
                String unit = part.title().substring(Evidences.STATUS_OF.length());
                units.computeIfAbsent(unit, key -> new ArrayList<>()).addAll(lines(part));
                if (part.text().contains(RUNS)) {
                    running.add(unit);
                }
            } else if (part.title().startsWith(Evidences.JOURNAL_OF)
                    && !part.title().equals(Evidences.BOOT_JOURNAL)) {
                String unit = part.title().substring(Evidences.JOURNAL_OF.length());
                units.computeIfAbsent(unit, key -> new ArrayList<>()).addAll(lines(part));
            } else if (part.title().equals(Evidences.SOCKETS)) {
                sockets.addAll(lines(part));
            } else if (part.title().equals(Evidences.BOOT_JOURNAL)) {
                boot.addAll(lines(part));
            }
        }
        units.keySet().removeAll(running);
        units.forEach((unit, lines) -> lines.addAll(ofUnit(unit, lines, boot)));
        return new Clues(List.of(log.split("\n")), units, sockets);
    }

    /** journald cannot say which unit a process belonged to that ended too soon; its number can. */
    private static List<String> ofUnit(String unit, List<String> lines, List<String> boot) {
        Set<String> signs = new HashSet<>();
        signs.add(": " + unit + ": ");
        for (String line : lines) {
            Matcher process = PROCESS.matcher(line);
            if (process.find()) {
                signs.add("[" + process.group(1) + "]: ");
            }
        }
        List<String> found = new ArrayList<>();
        for (String line : boot) {
            for (String sign : signs) {
                if (line.contains(sign)) {
                    found.add(line);
                    break;
                }
            }
        }
        return found;
    }

    private static List<String> lines(Evidence part) {
        return List.of(part.text().split("\n"));
    }
}

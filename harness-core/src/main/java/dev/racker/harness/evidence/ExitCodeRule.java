package dev.racker.harness.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** systemd could not even start the program, see systemd.exec(5), "Process exit codes". */
final class ExitCodeRule implements Diagnosis.Rule {

    private static final Pattern STATUS = Pattern.compile("status=(2\\d\\d)/([A-Z_]+)");
    private static final Pattern STEP = Pattern.compile("Failed at step ([A-Z_]+) spawning (\\S+): (.+)$");
    private static final Pattern MISSING_PATH = Pattern.compile(
            "Failed to set up mount namespacing: (?:/run/systemd/unit-root)?(\\S+): No such file or directory");
    private static final String NOT_THERE = "No such file or directory";

    private static final Map<Integer, Step> STEPS = Map.ofEntries(
            step(
                    200,
                    Blame.PACKAGE,
                    "the unit's working directory (WorkingDirectory=) does not exist or is closed to it"),
            step(201, Blame.SANDBOX, "its priority (Nice=) could not be set"),
            step(203, Blame.PACKAGE, "its program could not be executed: it is missing, or not for this system"),
            step(205, Blame.SANDBOX, "its resource limits (Limit...=) could not be set"),
            step(206, Blame.SANDBOX, "its OOMScoreAdjust= could not be set"),
            step(209, Blame.PACKAGE, "its standard output (StandardOutput=) could not be set up"),
            step(211, Blame.SANDBOX, "its I/O priority could not be set"),
            step(214, Blame.SANDBOX, "its CPU scheduling (CPUSchedulingPolicy=) could not be set"),
            step(215, Blame.SANDBOX, "its CPU affinity could not be set"),
            step(216, Blame.PACKAGE, "the group that it runs as (Group=) does not exist"),
            step(217, Blame.PACKAGE, "the user that it runs as (User=) does not exist"),
            step(218, Blame.SANDBOX, "its capabilities could not be set"),
            step(219, Blame.SANDBOX, "its control group could not be set up"),
            step(225, Blame.SANDBOX, "its network namespace (PrivateNetwork=) could not be set up"),
            step(226, Blame.SANDBOX, "its mount namespace could not be set up"),
            step(228, Blame.SANDBOX, "its system call filter could not be set up"),
            step(232, Blame.SANDBOX, "its RestrictAddressFamilies= could not be set up"),
            step(237, Blame.SANDBOX, "its kernel keyring could not be set up"),
            step(243, Blame.UNKNOWN, "its credentials could not be set up"));

    private record Step(Blame blame, String words) {}

    private static Map.Entry<Integer, Step> step(int status, Blame blame, String words) {
        return Map.entry(status, new Step(blame, words));
    }

    @Override
    public Optional<Diagnosis> apply(Clues clues) {
        for (Map.Entry<String, List<String>> unit : clues.units().entrySet()) {
            for (String line : unit.getValue()) {
                Matcher status = STATUS.matcher(line);
                if (status.find() && STEPS.containsKey(Integer.valueOf(status.group(1)))) {
                    return Optional.of(diagnosis(unit.getKey(), unit.getValue(), line, status));
                }
            }
        }
        return Optional.empty();
    }

    private static Diagnosis diagnosis(String unit, List<String> lines, String line, Matcher status) {
        Step step = STEPS.get(Integer.valueOf(status.group(1)));
        String code = status.group(1) + "/" + status.group(2);
        Optional<Matcher> reason =
                first(lines, STEP).filter(found -> found.group(1).equals(status.group(2)));
        if (status.group(2).equals("NAMESPACE")) {
            Optional<Matcher> path = first(lines, MISSING_PATH);
            if (path.isPresent()) {
                return new Diagnosis(
                        unit + " could not be started (" + code + "): it names "
                                + path.get().group(1)
                                + ", which does not exist. The package has to make it, or allow that it is missing"
                                + " (a \"-\" in front of it in the unit).",
                        Blame.PACKAGE,
                        path.get().group());
            }
        }
        String why = reason.map(found -> ": " + found.group(3)).orElse("");
        String what = status.group(2).equals("EXEC")
                ? reason.map(found -> "its program " + found.group(2) + " could not be executed")
                        .orElse(step.words())
                : step.words();
        Blame blame = blame(step, reason);
        return new Diagnosis(
                unit + " could not be started (" + code + "): " + what + why + "." + verdict(blame),
                blame,
                reason.map(Matcher::group).orElse(line.strip()));
    }

    /** What does not exist cannot be forbidden. */
    private static Blame blame(Step step, Optional<Matcher> reason) {
        boolean missing = reason.isPresent() && reason.get().group(3).equals(NOT_THERE);
        return missing && step.blame() == Blame.SANDBOX ? Blame.UNKNOWN : step.blame();
    }

    private static String verdict(Blame blame) {
        return blame == Blame.SANDBOX
                ? " The container or the host's kernel does not allow it; that says nothing about the package."
                : "";
    }

    private static Optional<Matcher> first(List<String> lines, Pattern pattern) {
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return Optional.of(matcher);
            }
        }
        return Optional.empty();
    }
}

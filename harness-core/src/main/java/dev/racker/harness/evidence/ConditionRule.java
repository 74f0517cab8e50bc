package dev.racker.harness.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** systemd was asked to start a unit and did not, because the unit says when it wants to run. */
final class ConditionRule implements Diagnosis.Rule {

    // systemd 249 and later; before, the status alone names the condition.
    private static final Pattern SKIPPED =
            Pattern.compile("was skipped because (?:of an unmet condition check|of a failed condition check|no trigger"
                    + " condition checks were met) ?(?:\\((Condition\\w+)=(.*)\\))?");
    private static final Pattern NOT_MET = Pattern.compile("(Condition\\w+)=(.*) was not met$");
    private static final Pattern ASSERT =
            Pattern.compile("Assertion failed for |Starting requested but asserts failed");
    private static final List<String> OF_THE_KERNEL = List.of(
            "ConditionVirtualization",
            "ConditionCapability",
            "ConditionSecurity",
            "ConditionKernelModuleLoaded",
            "ConditionKernelCommandLine",
            "ConditionKernelVersion",
            "ConditionControlGroupController",
            "ConditionUser",
            "ConditionPathIsReadWrite");

    @Override
    public Optional<Diagnosis> apply(Clues clues) {
        for (Map.Entry<String, List<String>> unit : clues.units().entrySet()) {
            for (String line : unit.getValue()) {
                Optional<Diagnosis> found = look(unit.getKey(), line);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Diagnosis> look(String unit, String line) {
        Matcher skipped = SKIPPED.matcher(line);
        if (skipped.find()) {
            return Optional.of(diagnosis(unit, line, skipped.group(1), skipped.group(2)));
        }
        Matcher notMet = NOT_MET.matcher(line);
        if (notMet.find()) {
            return Optional.of(diagnosis(unit, line, notMet.group(1), notMet.group(2)));
        }
        if (ASSERT.matcher(line).find()) {
            return Optional.of(new Diagnosis(
                    unit + " was not started: an assertion in it (Assert...=) does not hold here.",
                    Blame.UNKNOWN,
                    line.strip()));
        }
        return Optional.empty();
    }

    private static Diagnosis diagnosis(String unit, String line, String condition, String value) {
        if (condition == null) {
            return new Diagnosis(
                    unit + " was not started: its conditions are not met here.", Blame.UNKNOWN, line.strip());
        }
        boolean sandbox = OF_THE_KERNEL.contains(condition);
        return new Diagnosis(
                unit + " was not started: its condition " + condition + "=" + value + " is not met here."
                        + (sandbox ? " It does not want to run in a container like this one." : ""),
                sandbox ? Blame.SANDBOX : Blame.UNKNOWN,
                line.strip());
    }
}

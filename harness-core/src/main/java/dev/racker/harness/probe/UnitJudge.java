package dev.racker.harness.probe;

import java.time.Duration;
import java.util.List;

/** Decides what one reading of a unit means for the state that is expected of it. */
final class UnitJudge {

    /** Types of services which systemd takes for active as soon as they were started. */
    private static final List<String> SILENT_TYPES = List.of("simple", "exec", "idle", "forking");

    private final UnitExpectation expected;
    private final Duration settle;

    UnitJudge(UnitExpectation expected, Duration settle) {
        this.expected = expected;
        this.settle = settle;
    }

    /** What comes of a reading. */
    enum Outcome {
        /** It is as expected, and will be. */
        PASS,
        /** It is not, and waiting does not help. */
        FAIL,
        /** It is on its way to another state. */
        WAIT,
        /** It is as expected, but not for long enough. */
        SETTLE,
        /** It does not run, and has forgotten why: the journal knows. */
        ASK
    }

    /**
     * A judgement.
     *
     * @param outcome what to do
     * @param actual the state, with its reason
     */
    record Judgement(Outcome outcome, String actual) {}

    /** Judges a reading of a unit that has been active for {@code age}. */
    Judgement judge(UnitStatus unit, Duration age) {
        if (expected.kind() == UnitExpectation.Kind.LOAD) {
            return compared(unit.loadState().equals(expected.state()), unit.loadState());
        }
        if (unit.loadState().equals("not-found") && !isUp(unit)) {
            return new Judgement(Outcome.FAIL, "not-found: there is no such unit");
        }
        if (expected.kind() == UnitExpectation.Kind.FILE) {
            return fileState(unit.unitFileState());
        }
        boolean atRest =
                unit.activeState().equals("inactive") || unit.activeState().equals("failed");
        if (isExactly(unit) && !expected.isUp() && !(atRest && unit.hasJob())) {
            return compared(true, unit.state());
        }
        if (unit.subState().equals("auto-restart") && expected.isUp()) {
            return new Judgement(
                    Outcome.FAIL, unit.state() + ": its process has ended (" + ending(unit) + "), to be started again");
        }
        if (unit.hasJob() || isOnItsWay(unit)) {
            return new Judgement(Outcome.WAIT, unit.state());
        }
        return switch (unit.activeState()) {
            case "failed" -> new Judgement(Outcome.FAIL, "failed (" + ending(unit) + ")");
            case "inactive" -> inactive(unit);
            default -> active(unit, age);
        };
    }

    /** {@link UnitExpectation} "enabled" is met by whatever starts it at boot by a link of its own. */
    private Judgement fileState(String actual) {
        if (actual.isEmpty()) {
            return new Judgement(Outcome.FAIL, "without a unit file");
        }
        boolean enabled =
                expected.state().equals("enabled") && (actual.equals("enabled-runtime") || actual.equals("alias"));
        return compared(enabled || actual.equals(expected.state()), actual);
    }

    private static Judgement compared(boolean equal, String actual) {
        return new Judgement(equal ? Outcome.PASS : Outcome.FAIL, actual);
    }

    private boolean isExactly(UnitStatus unit) {
        return expected.state()
                .equals(expected.kind() == UnitExpectation.Kind.SUB ? unit.subState() : unit.activeState());
    }

    private static boolean isUp(UnitStatus unit) {
        return unit.activeState().equals("active") || unit.activeState().equals("reloading");
    }

    private static boolean isOnItsWay(UnitStatus unit) {
        return switch (unit.activeState()) {
            case "activating", "deactivating", "reloading", "refreshing", "maintenance" -> true;
            default -> false;
        };
    }

    private boolean young(UnitStatus unit, Duration age) {
        return unit.activeState().equals("active")
                && unit.subState().equals("running")
                && SILENT_TYPES.contains(unit.type())
                && age.compareTo(settle) < 0;
    }

    private Judgement active(UnitStatus unit, Duration age) {
        if (!expected.isUp()) {
            boolean mayYetFail = expected.state().equals("failed") && young(unit, age);
            return new Judgement(mayYetFail ? Outcome.WAIT : Outcome.FAIL, unit.state());
        }
        if (unit.restarts() > 0) {
            return new Judgement(
                    Outcome.FAIL,
                    unit.state() + ", but restarted by systemd "
                            + (unit.restarts() == 1 ? "once" : unit.restarts() + " times") + " (Restart="
                            + unit.restart() + ")");
        }
        if (expected.kind() == UnitExpectation.Kind.SUB && !isExactly(unit)) {
            return new Judgement(Outcome.FAIL, unit.state());
        }
        return new Judgement(young(unit, age) ? Outcome.SETTLE : Outcome.PASS, unit.state());
    }

    private Judgement inactive(UnitStatus unit) {
        if (unit.loadState().equals("masked")) {
            return new Judgement(Outcome.FAIL, "masked: nothing can start it");
        }
        if (unit.loadState().equals("bad-setting") || unit.loadState().equals("error")) {
            return new Judgement(Outcome.FAIL, unit.loadState() + ": systemd refuses its unit file");
        }
        boolean mayHaveFinished =
                expected.state().equals("active") && unit.type().equals("oneshot");
        if (mayHaveFinished && unit.hasRun() && unit.result().equals("success") && unit.mainStatus() == 0) {
            return new Judgement(Outcome.PASS, unit.state() + ", has finished");
        }
        return new Judgement(expected.isUp() ? Outcome.ASK : Outcome.FAIL, unit.state());
    }

    /** Judges, of a unit that does not run, what the journal tells of its last start. */
    Judgement judge(UnitStatus unit, UnitHistory history) {
        if (unit.conditionFailed() || history.conditionFailed()) {
            return new Judgement(
                    Outcome.FAIL, unit.state() + ": skipped, because a condition was not met" + history.which());
        }
        if (unit.assertFailed() || history.assertFailed()) {
            return new Judgement(Outcome.FAIL, unit.state() + ": not started, because an assertion did not hold");
        }
        boolean mayHaveFinished =
                expected.state().equals("active") && unit.type().equals("oneshot");
        if (mayHaveFinished && history.started()) {
            return new Judgement(Outcome.PASS, unit.state() + ", has finished");
        }
        if (history.started() || unit.hasRun()) {
            return new Judgement(Outcome.FAIL, unit.state() + ": it was started and has ended or was stopped");
        }
        String triggers =
                unit.triggers().isEmpty() ? "" : "; " + String.join(", ", unit.triggers()) + " would start it";
        return new Judgement(Outcome.FAIL, unit.state() + ": nothing has started it" + triggers);
    }

    private static String ending(UnitStatus unit) {
        String status = unit.mainStatus() == 0
                ? ""
                : (unit.result().equals("signal") || unit.result().equals("core-dump") ? ", signal " : ", status ")
                        + unit.mainStatus();
        return "Result: " + unit.result() + status;
    }
}

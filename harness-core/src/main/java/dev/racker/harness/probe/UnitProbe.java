package dev.racker.harness.probe;

import dev.racker.harness.console.Suggestions;
import dev.racker.harness.probe.UnitJudge.Judgement;
import dev.racker.harness.probe.UnitJudge.Outcome;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the state of a unit.
 *
 * <p>It waits, up to the unit timeout, while the unit is activating, deactivating or reloading, or has a job queued, and
 * ends at once when it has failed, or is at rest and nothing would change that. What passes as {@code active}:
 *
 * <ul>
 *   <li>what systemd calls active, {@code active (exited)} included;
 *   <li>a service of type simple, exec, idle or forking only when it has been active for {@link ProbeContext#settle()}:
 *       all that systemd knows of it is that it was started. Since the time is counted from when it became active, one
 *       that runs already costs nothing. Types notify and dbus have said themselves that they are ready;
 *   <li>a service of type oneshot without RemainAfterExit whose last start was successful, though it is inactive since;
 *   <li>not a service that systemd has restarted by itself since it was last started by somebody: it flaps.
 * </ul>
 *
 * <p>{@code enabled} is also met by enabled-runtime and alias. A template, such as {@code getty@}, can be asked for the
 * states of its file.
 */
public final class UnitProbe implements Probe {

    private static final int JOURNAL_LINES = 20;

    private final String subject;
    private final String unit;
    private final UnitExpectation expected;

    private UnitProbe(String subject, String unit, UnitExpectation expected) {
        this.subject = subject;
        this.unit = unit;
        this.expected = expected;
    }

    /**
     * Reads {@code NAME[=STATE]}; a name without a suffix is that of a service, and without a state it has to be active.
     *
     * @throws InvalidProbeException when the name cannot be one of a unit, or the state is not known
     */
    public static UnitProbe parse(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (!UnitName.isValid(name)) {
            throw InvalidProbeException.of(
                    "the unit check",
                    text,
                    name.isEmpty() ? "it names no unit" : "\"" + name + "\" cannot be the name of a unit",
                    "Give NAME or NAME=STATE, such as nginx or nginx.service=enabled.");
        }
        UnitExpectation expected = UnitExpectation.parse(text, equals < 0 ? "active" : text.substring(equals + 1));
        String unit = UnitName.complete(name);
        if (UnitName.isTemplate(unit) && expected.kind() != UnitExpectation.Kind.FILE) {
            throw InvalidProbeException.of(
                    "the unit check",
                    text,
                    "\"" + unit + "\" is a template, which never runs itself",
                    "Name an instance, such as " + unit.replace("@.", "@1.")
                            + ", or a state of its file: enabled, disabled, static, masked.");
        }
        return new UnitProbe(unit, unit, expected);
    }

    @Override
    public String kind() {
        return "unit";
    }

    @Override
    public String subject() {
        return subject;
    }

    /** The unit's name, with its suffix. */
    public String unit() {
        return unit;
    }

    /** Says whether the unit is expected to do something, so that its failure makes other waiting pointless. */
    public boolean expectsUp() {
        return expected.isUp();
    }

    @Override
    public List<ProbeResult> run(ProbeContext context) {
        return Findings.of(this, property(), expected.state(), context.machine(), findings -> look(context, findings));
    }

    private String property() {
        return expected.kind().property();
    }

    private List<ProbeResult> look(ProbeContext context, Findings findings) {
        Guest guest = new Guest(context.machine());
        Judgement judgement = UnitName.isTemplate(unit) ? template(guest, context) : await(guest, context);
        if (judgement.outcome() == Outcome.PASS) {
            return List.of(findings.pass(property(), expected.state(), judgement.actual()));
        }
        String actual =
                judgement.actual().startsWith("not-found") ? judgement.actual() + near(guest) : judgement.actual();
        return List.of(findings.fail(property(), expected.state(), actual, () -> detail(guest)));
    }

    private Judgement await(Guest guest, ProbeContext context) {
        UnitJudge judge = new UnitJudge(expected, context.settle());
        Patience patience = new Patience(guest, context.unitTimeout());
        long firstSeenActive = 0;
        while (true) {
            UnitStatus status = UnitStatus.of(guest, List.of(unit)).get(0);
            if (firstSeenActive == 0 && status.activeState().equals("active")) {
                firstSeenActive = System.nanoTime();
            }
            Duration age = age(status, firstSeenActive);
            Judgement judgement = judge.judge(status, age);
            switch (judgement.outcome()) {
                case PASS, FAIL -> {
                    return judgement;
                }
                case ASK -> {
                    return judge.judge(status, UnitHistory.of(guest, status.id()));
                }
                case SETTLE -> {
                    if (!patience.again(context.settle().minus(age).toMillis() + 1)) {
                        return new Judgement(Outcome.PASS, judgement.actual());
                    }
                }
                case WAIT -> {
                    if (!patience.again()) {
                        return new Judgement(
                                Outcome.FAIL, "still " + judgement.actual() + " after " + patience.limit());
                    }
                }
            }
        }
    }

    /**
     * How long the unit has been active. The JVM's nano time is the kernel's monotonic clock, as systemd's is, on the JVMs
     * that we know; where it is not, what we have seen ourselves counts.
     */
    private static Duration age(UnitStatus status, long firstSeenActive) {
        if (firstSeenActive == 0) {
            return Duration.ZERO;
        }
        long now = System.nanoTime();
        long told = now / 1000 - status.activeSince();
        boolean plausible = status.activeSince() > 0 && told >= 0;
        return plausible ? Duration.ofNanos(told * 1000) : Duration.ofNanos(now - firstSeenActive);
    }

    /** systemctl show knows only units that can be loaded; a template is a file. */
    private Judgement template(Guest guest, ProbeContext context) {
        CommandResult listed =
                guest.look("systemctl", "list-unit-files", "--no-legend", "--no-pager", "--full", "--", unit);
        if (!listed.errorText().isEmpty()) {
            throw new UnlookableException("systemctl said: " + TextPattern.shown(listed.errorText()));
        }
        String[] words = listed.text().strip().split("\\s+");
        boolean found = words.length > 1;
        UnitStatus file = new UnitStatus(
                unit,
                java.util.Map.of("LoadState", found ? "loaded" : "not-found", "UnitFileState", found ? words[1] : ""));
        return new UnitJudge(expected, context.settle()).judge(file, Duration.ZERO);
    }

    private String near(Guest guest) {
        String suffix = UnitName.suffix(unit);
        String bare = bare(unit, suffix);
        Set<String> known = new LinkedHashSet<>();
        String files = guest.tell("systemctl", "list-unit-files", "--no-legend", "--no-pager", "--full");
        String units = guest.tell("systemctl", "list-units", "--all", "--plain", "--no-legend", "--no-pager", "--full");
        for (String line : (files + "\n" + units).split("\n")) {
            String name = line.strip().split("\\s+", 2)[0];
            if (name.endsWith(suffix) && !name.equals(unit)) {
                known.add(bare(name, suffix));
            }
        }
        List<String> near = new ArrayList<>(Suggestions.nearest(bare, known));
        if (near.isEmpty() && bare.length() > 2) {
            known.removeIf(name -> !name.contains(bare));
            near.addAll(known);
        }
        List<String> names = new ArrayList<>();
        near.stream().limit(3).forEach(name -> names.add(name + suffix));
        return names.isEmpty() ? "" : "; near it: " + String.join(", ", names);
    }

    private static String bare(String name, String suffix) {
        return name.substring(0, name.length() - suffix.length());
    }

    private String detail(Guest guest) {
        return unitDetail(guest, unit);
    }

    /** What systemd and the journal say of a unit. */
    static String unitDetail(Guest guest, String unit) {
        if (UnitName.isTemplate(unit)) {
            return "";
        }
        String status = guest.tell("systemctl", "status", "--no-pager", "--full", "--lines=0", "--", unit);
        String journal = guest.tell(
                "journalctl", "--quiet", "--no-pager", "--boot", "--lines=" + JOURNAL_LINES, "--unit=" + unit);
        return (status + "\n" + journal).strip();
    }
}

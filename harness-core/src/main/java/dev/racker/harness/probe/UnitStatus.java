package dev.racker.harness.probe;

import dev.racker.harness.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One reading of a unit with the guest's {@code systemctl show}, see org.freedesktop.systemd1(5); the names of states are
 * systemd's own.
 *
 * <p>Works from systemd 232 on; what an older systemd does not know is empty or 0.
 */
public final class UnitStatus {

    private static final String PROPERTIES =
            "Id,Names,LoadState,ActiveState,SubState,Result,UnitFileState,Type,Restart,"
                    + "NRestarts,RemainAfterExit,ConditionResult,ConditionTimestampMonotonic,AssertResult,"
                    + "AssertTimestampMonotonic,ActiveEnterTimestampMonotonic,ExecMainStatus,ExecMainExitTimestampMonotonic,"
                    + "Job,TriggeredBy";

    private final String name;
    private final Map<String, String> properties;

    UnitStatus(String name, Map<String, String> properties) {
        this.name = name;
        this.properties = properties;
    }

    /**
     * Reads a unit; a name without a suffix is that of a service.
     *
     * @throws dev.racker.harness.error.HarnessException when systemctl cannot tell
     */
    public static UnitStatus of(Machine machine, String unit) {
        return of(machine, List.of(unit)).get(0);
    }

    /**
     * Reads several units, which must not be templates, in one call; one reading for each, in their order.
     *
     * @throws dev.racker.harness.error.HarnessException when systemctl cannot tell
     */
    public static List<UnitStatus> of(Machine machine, List<String> units) {
        return of(new Guest(machine), units);
    }

    static List<UnitStatus> of(Guest guest, List<String> units) {
        if (units.isEmpty()) {
            return List.of();
        }
        List<String> command = new ArrayList<>(units.size() + 4);
        command.addAll(List.of("systemctl", "show", "--property=" + PROPERTIES, "--"));
        units.forEach(unit -> command.add(UnitName.complete(unit)));
        return parse(units, guest.read(command.toArray(String[]::new)));
    }

    /** Reads what {@code systemctl show} printed for these units: blocks of properties, a blank line between them. */
    static List<UnitStatus> parse(List<String> units, String shown) {
        List<UnitStatus> statuses = new ArrayList<>(units.size());
        String[] blocks = shown.split("\n\n");
        if (blocks.length != units.size()) {
            throw new UnlookableException(
                    "systemctl was asked for " + units.size() + " units and told of " + blocks.length);
        }
        for (int i = 0; i < blocks.length; i++) {
            Map<String, String> properties = new LinkedHashMap<>();
            for (String line : blocks[i].split("\n")) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    properties.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            if (!properties.containsKey("ActiveState")) {
                throw new UnlookableException("systemctl did not tell the state of " + units.get(i));
            }
            statuses.add(new UnitStatus(UnitName.complete(units.get(i)), properties));
        }
        return statuses;
    }

    /** The name that was asked for, with its suffix. */
    public String name() {
        return name;
    }

    /** The unit's own name, another one when an alias was asked for. */
    public String id() {
        return text("Id");
    }

    /** All names that it goes by. */
    public List<String> names() {
        return words("Names");
    }

    /** {@code loaded}, {@code not-found}, {@code masked}, {@code bad-setting} or {@code error}. */
    public String loadState() {
        return text("LoadState");
    }

    /** {@code active}, {@code inactive}, {@code failed}, {@code activating}, {@code deactivating}, {@code reloading}. */
    public String activeState() {
        return text("ActiveState");
    }

    /** What the active state means for this type of unit: {@code running}, {@code exited}, {@code listening}. */
    public String subState() {
        return text("SubState");
    }

    /** {@code success}, or why it failed: {@code exit-code}, {@code signal}, {@code timeout}. */
    public String result() {
        return text("Result");
    }

    /** {@code enabled}, {@code disabled}, {@code static}, {@code masked}, {@code generated}; empty when it has no file. */
    public String unitFileState() {
        return text("UnitFileState");
    }

    /** The type of a service: {@code simple}, {@code notify}, {@code oneshot}; empty for other units. */
    public String type() {
        return text("Type");
    }

    /** When a service is started again by systemd: {@code no}, {@code always}, {@code on-failure}. */
    public String restart() {
        return text("Restart");
    }

    /** How often systemd itself has started the service again; 0 before systemd 235. */
    public int restarts() {
        return (int) number("NRestarts");
    }

    /** The exit status of the main process, or the signal that ended it; 0 while it runs. */
    public int mainStatus() {
        return (int) number("ExecMainStatus");
    }

    /** Says whether a main process has ended since the unit was last loaded. */
    public boolean hasRun() {
        return number("ExecMainExitTimestampMonotonic") > 0;
    }

    /** Says whether a service counts as active when its processes have ended. */
    public boolean remainsAfterExit() {
        return text("RemainAfterExit").equals("yes");
    }

    /** Says whether its last start was skipped because a condition did not hold. */
    public boolean conditionFailed() {
        return number("ConditionTimestampMonotonic") > 0
                && text("ConditionResult").equals("no");
    }

    /** Says whether its last start failed because an assertion did not hold. */
    public boolean assertFailed() {
        return !conditionFailed()
                && number("AssertTimestampMonotonic") > 0
                && text("AssertResult").equals("no");
    }

    /** When it became active, in microseconds of the kernel's monotonic clock; 0 when it never did. */
    public long activeSince() {
        return number("ActiveEnterTimestampMonotonic");
    }

    /** Says whether something is about to be done with it. */
    public boolean hasJob() {
        return number("Job") > 0;
    }

    /** The units that start it when it is needed. */
    public List<String> triggers() {
        return words("TriggeredBy");
    }

    /** Active state and sub state: {@code active (running)}. */
    public String state() {
        return subState().isEmpty() ? activeState() : activeState() + " (" + subState() + ")";
    }

    private String text(String property) {
        return properties.getOrDefault(property, "");
    }

    private List<String> words(String property) {
        return text(property).isEmpty() ? List.of() : List.of(text(property).split(" "));
    }

    /** "[not set]" and what an old systemd does not know are 0. */
    private long number(String property) {
        String digits = text(property);
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return 0;
            }
        }
        return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
    }

    @Override
    public String toString() {
        return name + " " + state();
    }
}

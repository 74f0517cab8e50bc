package dev.racker.harness.probe;

import dev.racker.harness.machine.Machine;
import java.time.Duration;
import java.util.List;

/**
 * What a probe looks at, and for how long.
 *
 * @param machine the booted machine
 * @param unitTimeout how long a unit may be activating
 * @param networkTimeout how long an address may stay silent
 * @param watchedUnits units that were also asked for: when one of them fails, no address needs to be waited for any more
 * @param packageUnits units that the packages under test brought; whose journal is read when no unit is named
 * @param journalCursor the place in the journal, see journalctl(1), where the step under test began; empty for all of it
 * @param settle how long a service that says nothing of its own readiness must have been active before that counts, so
 *     that one which dies after a second is found out; services of type notify and dbus never wait for it
 */
public record ProbeContext(
        Machine machine,
        Duration unitTimeout,
        Duration networkTimeout,
        List<String> watchedUnits,
        List<String> packageUnits,
        String journalCursor,
        Duration settle) {

    /** How long a unit may be activating when nobody says otherwise. */
    public static final Duration DEFAULT_UNIT_TIMEOUT = Duration.ofSeconds(90);

    /** How long an address may stay silent when nobody says otherwise. */
    public static final Duration DEFAULT_NETWORK_TIMEOUT = Duration.ofSeconds(30);

    /** How long a service must have been active when nobody says otherwise. */
    public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(2);

    /** Takes copies of the lists. */
    public ProbeContext {
        watchedUnits = List.copyOf(watchedUnits);
        packageUnits = List.copyOf(packageUnits);
    }

    /** One whose services settle for {@link #DEFAULT_SETTLE}. */
    public ProbeContext(
            Machine machine,
            Duration unitTimeout,
            Duration networkTimeout,
            List<String> watchedUnits,
            List<String> packageUnits,
            String journalCursor) {
        this(machine, unitTimeout, networkTimeout, watchedUnits, packageUnits, journalCursor, DEFAULT_SETTLE);
    }

    /** The defaults for a machine. */
    public static ProbeContext of(Machine machine) {
        return new ProbeContext(machine, DEFAULT_UNIT_TIMEOUT, DEFAULT_NETWORK_TIMEOUT, List.of(), List.of(), "");
    }
}

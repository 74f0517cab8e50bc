package dev.racker.harness.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.machine.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Units in each state, and checks of them. */
abstract class UnitProbeCase {

    static final Map<String, String> UNITS = Map.ofEntries(
            unit("steady", "[Service]\nExecStart=/bin/sleep 1000\n"),
            unit("enabled", "[Service]\nExecStart=/bin/sleep 1000\n[Install]\nWantedBy=multi-user.target\n"),
            unit("other-name", "-> enabled.service"),
            Map.entry("etc/systemd/system/multi-user.target.wants/enabled.service", "-> ../enabled.service"),
            unit("disabled", "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n"),
            unit("dies", "[Service]\nExecStart=/bin/sh -c 'sleep 1; exit 3'\n"),
            unit("dies-too", "[Service]\nExecStart=/bin/sh -c 'sleep 1; exit 3'\n"),
            unit(
                    "loop",
                    "[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/bin/false\nRestart=always\n"
                            + "RestartSec=300ms\n"),
            unit(
                    "flaps",
                    "[Service]\nExecStart=/bin/sh -c 'mkdir /run/flapped && exit 1; exec sleep 1000'\n"
                            + "Restart=on-failure\nRestartSec=100ms\n"),
            unit("condition", "[Unit]\nConditionPathExists=/nonexistent\n[Service]\nExecStart=/bin/sleep 1000\n"),
            unit("at-boot", "[Unit]\nConditionPathExists=/nonexistent\n[Service]\nExecStart=/bin/sleep 1000\n"),
            Map.entry("etc/systemd/system/multi-user.target.wants/at-boot.service", "-> ../at-boot.service"),
            unit("assertion", "[Unit]\nAssertPathExists=/nonexistent\n[Service]\nExecStart=/bin/sleep 1000\n"),
            unit("once", "[Service]\nType=oneshot\nExecStart=/bin/true\n"),
            unit("never-run", "[Service]\nType=oneshot\nExecStart=/bin/true\n"),
            unit("once-badly", "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'exit 4'\n"),
            unit("stays", "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n"),
            unit("slow", "[Service]\nExecStartPre=/bin/sleep 1\nExecStart=/bin/sleep 1000\n"),
            unit("never-ready", "[Service]\nType=notify\nExecStart=/bin/sleep 1000\n"),
            unit("masked", "-> /dev/null"),
            unit("broken", "[Service]\nExecStrat=/bin/true\n"),
            unit("template@", "[Service]\nExecStart=/bin/sleep 1000\n"),
            unit("wanted", "[Service]\nExecStart=/bin/sleep 1000\n"),
            Map.entry("etc/systemd/system/wanted.socket", "[Socket]\nListenStream=/run/wanted\n"));

    static Map.Entry<String, String> unit(String name, String text) {
        return Map.entry("etc/systemd/system/" + name + ".service", text);
    }

    static ProbeContext patient(Machine machine, Duration unitTimeout, Duration settle) {
        return new ProbeContext(machine, unitTimeout, Duration.ofSeconds(20), List.of(), List.of(), "", settle);
    }

    static ProbeResult check(String text, ProbeContext context) {
        List<ProbeResult> results = UnitProbe.parse(text).run(context);
        assertEquals(1, results.size());
        return results.get(0);
    }

    static void assertResult(Verdict verdict, String actual, ProbeResult result) {
        assertEquals(verdict, result.verdict(), result::toString);
        assertTrue(result.actual().contains(actual), result::toString);
    }
}

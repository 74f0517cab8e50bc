package dev.racker.harness.evidence;

import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * One thing that a removal has left.
 *
 * @param kind what it is
 * @param subject an absolute path, or the name of a user or group
 * @param state what is wrong with it, such as {@code present with 206 entries below}
 * @param detail further lines: what is below a directory, where a link leads
 */
public record Leftover(LeftoverKind kind, String subject, String state, List<String> detail) {

    /** Takes a copy of the list. */
    public Leftover {
        detail = List.copyOf(detail);
    }

    /** The same as the result of a check that failed. */
    public ProbeResult result() {
        return new ProbeResult(
                "leftover",
                subject,
                kind.words(),
                kind.wasThere() ? "unchanged" : "absent",
                state,
                Verdict.FAIL,
                String.join("\n", detail),
                Duration.ZERO);
    }
}

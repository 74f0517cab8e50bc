package dev.racker.harness.probe;

import java.util.List;

/** One check of a machine; immutable and thread-safe, so that one probe may look at many machines. */
public interface Probe {

    /** The kind of probe: {@code unit}, {@code tcp}, {@code udp}, {@code http}, {@code file}, ... */
    String kind();

    /** What it checks, as the user wrote it. */
    String subject();

    /**
     * Looks, and waits where waiting can help, up to the context's deadline.
     *
     * <p>What the machine does or lacks is a result and no exception: {@link Verdict#FAIL} when the thing under test is
     * bad, {@link Verdict#ERROR} when nobody could tell. Never empty.
     *
     * @throws dev.racker.harness.error.HarnessException only when interrupted
     */
    List<ProbeResult> run(ProbeContext context);
}

package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits for what a machine offers.
 *
 * <p>Neither systemd nor the kernel announces a unit's state or a listening port to a program that enters from
 * outside, so both are looked at again and again, at growing intervals; a wait ends at once when the machine has ended
 * or the unit has failed.
 */
public final class Readiness {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE = 10;
    private static final long LONGEST_PAUSE = 250;
    /** How long a machine that answers no more may take until its end is known. */
    private static final long DYING = 5000;

    private final Machine machine;

    Readiness(Machine machine) {
        this.machine = machine;
    }

    /**
     * Waits until a unit is active.
     *
     * @throws HarnessException when the unit fails, does not exist, or is not active after {@code timeout}
     */
    public void awaitUnit(String unit, Duration timeout) {
        await("unit " + unit, timeout, () -> isActive(unit));
    }

    /**
     * Waits until something accepts TCP connections on a port of the machine's own localhost.
     *
     * @throws HarnessException when nothing does after {@code timeout}
     */
    public void awaitPort(int port, Duration timeout) {
        await("port " + port, timeout, () -> isListening(port));
    }

    private boolean isActive(String unit) {
        CommandResult result = machine.tool(
                List.of("systemctl", "show", "--property=LoadState,ActiveState,SubState,Result", "--", unit), LOOK);
        String text = result.text();
        if (result.status() != 0) {
            if (endedWithin(DYING)) {
                throw ended("unit " + unit);
            }
            throw new HarnessException(
                    "Tried to look at unit " + unit + ", but systemctl said: " + result.errorText(), null);
        }
        if (text.contains("LoadState=not-found")) {
            throw new HarnessException(
                    "Tried to wait for unit " + unit + ", but there is no such unit.",
                    "Install the package that brings it, or check its name with `systemctl list-unit-files`.");
        }
        if (text.contains("ActiveState=failed")) {
            throw new HarnessException(
                    "Tried to wait for unit " + unit + ", but it has failed:\n"
                            + machine.journal().tail(unit, 15).indent(2).stripTrailing(),
                    null);
        }
        return text.contains("ActiveState=active");
    }

    /** proc_net(5): state 0A is LISTEN; the local address ends with the port in hexadecimal. */
    private boolean isListening(int port) {
        String wanted = String.format(":%04X", port);
        CommandResult result = machine.tool(List.of("cat", "/proc/self/net/tcp", "/proc/self/net/tcp6"), LOOK);
        for (String line : result.text().split("\n")) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length > 3 && fields[1].endsWith(wanted) && "0A".equals(fields[3])) {
                return true;
            }
        }
        return false;
    }

    private void await(String what, Duration timeout, Condition condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE;
        while (!condition.holds()) {
            if (System.nanoTime() >= deadline) {
                throw new HarnessException(
                        "Tried to wait for " + what + " of machine " + machine.name() + ", but it was not there after "
                                + timeout.toSeconds() + " s. The last lines of the journal:\n"
                                + machine.journal().tail(15).indent(2).stripTrailing(),
                        "Raise the timeout, or look at the service's configuration.");
            }
            if (endedWithin(pause)) {
                throw ended(what);
            }
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
    }

    private HarnessException ended(String what) {
        return new HarnessException(
                "Tried to wait for " + what + ", but machine " + machine.name() + " has ended.", null);
    }

    private boolean endedWithin(long milliseconds) {
        try {
            machine.ended().get(milliseconds, TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while waiting for machine " + machine.name() + ".", null, e);
        } catch (java.util.concurrent.ExecutionException e) {
            return true;
        }
    }

    private interface Condition {
        boolean holds();
    }
}

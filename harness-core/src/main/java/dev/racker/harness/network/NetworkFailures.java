package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandException;
import java.util.Locale;

/** Tells what the programs that change the host's network have to say when they fail. */
final class NetworkFailures {

    private static final String ERROR = "{\"error\":\"";

    private NetworkFailures() {}

    /** Runs what connects a machine. */
    static void telling(String containerId, Runnable connecting) {
        try {
            connecting.run();
        } catch (CommandException e) {
            String reason = reason(e);
            throw new HarnessException(
                    "Tried to connect the machine " + containerId + " to its network, but " + reason, hint(reason), e);
        }
    }

    /** Runs what disconnects a machine. */
    static void tellingLeaving(String containerId, Runnable disconnecting) {
        try {
            disconnecting.run();
        } catch (CommandException e) {
            throw new HarnessException(
                    "Tried to disconnect the machine " + containerId + " from its network, but " + reason(e),
                    "The next racker command tries again.",
                    e);
        }
    }

    /** netavark tells its errors as {"error":"..."}; other programs have their own words. */
    private static String reason(CommandException failure) {
        String said = failure.result()
                .map(result -> result.text() + result.errorText())
                .orElse("");
        int start = said.lastIndexOf(ERROR);
        int end = said.indexOf("\"}", Math.max(start, 0));
        if (start >= 0 && end >= 0) {
            return "netavark says: " + said.substring(start + ERROR.length(), end);
        }
        return said.isEmpty() ? failure.getMessage() : said;
    }

    private static String hint(String reason) {
        return reason.toLowerCase(Locale.ROOT).contains("sysctl")
                ? "Make /proc/sys/net writable and switch forwarding on with `sysctl -w net.ipv4.ip_forward=1`, or use"
                        + " --network=host."
                : "Use --network=host or --network=none to do without the bridge.";
    }
}

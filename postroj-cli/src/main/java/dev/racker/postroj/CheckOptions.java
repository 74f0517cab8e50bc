package dev.racker.postroj;

import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Option;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import dev.racker.postroj.plan.Checks;
import dev.racker.postroj.plan.CommandCheck;
import dev.racker.postroj.plan.NetworkCheck;
import dev.racker.postroj.plan.UsageException;
import java.util.ArrayList;
import java.util.List;

/** The options that say what to check. */
final class CheckOptions extends Options {

    /** Stands for no value: picocli takes an empty text for no option at all, and cannot describe an option of null. */
    private static final String NO_ERRORS = " ";

    private final Values<String> units = texts(
            "--check-unit",
            "NAME[=STATE]",
            "A systemd unit is active, or in STATE: enabled, failed, inactive, ... Repeatable.");

    private final Values<String> network = texts(
            "--check-network",
            "ADDRESS",
            "tcp://HOST:PORT, udp://HOST:PORT or an http(s) address answers, seen from inside. Repeatable.");

    private final Value<Integer> httpStatus =
            value(Integer.class, "--http-status", "CODE", "The status that http answers have. Default: 2xx.");

    private final Value<String> httpBody = text("--http-body", "TEXT", "A text or /regex/ that http answers hold.");

    private final Values<String> httpHeaders =
            texts("--http-header", "NAME:TEXT", "A header that http answers have, with a text or /regex/. Repeatable.");

    private final Flag noRedirects = flag("--no-redirects", "Take a redirect as the answer, instead of following it.");

    private final Flag insecure = flag("--insecure", "Do not verify certificates.");

    private final Values<String> files =
            texts("--check-file", "PATH[=WHAT]", "A file is there, or is as WHAT says. Repeatable.");

    private final Values<String> commands =
            texts("--check-command", "COMMAND", "A command inside ends with status 0. Repeatable.");

    private final Value<Integer> commandStatus =
            value(Integer.class, "--command-status", "N", "The status that checked commands end with.");

    private final Value<String> commandStdout = text("--command-stdout", "TEXT", "A text or /regex/ that they print.");

    private final Value<String> commandStderr =
            text("--command-stderr", "TEXT", "A text or /regex/ that they print to standard error.");

    private final Values<String> journal = optionals(
            "--check-journal",
            "PATTERN",
            NO_ERRORS,
            "The journal holds a text or /regex/, does not hold !/regex/, or, without a value, no errors"
                    + " of the package's units. Repeatable.");

    private final Values<String> packages =
            texts("--check-package", "NAME[=VERSION]", "A package is installed. Repeatable.");

    private final Flag failedUnits = flag("--check-failed-units", "No unit of the machine has failed.");

    Checks checks() {
        return new Checks(
                units.given(),
                networkChecks(),
                files.given(),
                commandChecks(),
                journal(),
                packages.given(),
                failedUnits.given());
    }

    /** Without a value: no errors. */
    private List<String> journal() {
        if (journal.given() == null) {
            return null;
        }
        List<String> checks = new ArrayList<>();
        for (String pattern : journal.list()) {
            checks.add(pattern.equals(NO_ERRORS) ? "" : pattern);
        }
        return checks;
    }

    private List<NetworkCheck> networkChecks() {
        Boolean redirects = noRedirects.given() == null ? null : Boolean.valueOf(!noRedirects.given());
        List<NetworkCheck> checks = new ArrayList<>();
        boolean http = false;
        for (String address : network.list()) {
            NetworkCheck check = new NetworkCheck(
                    address, httpStatus.given(), httpBody.given(), httpHeaders.list(), redirects, insecure.given());
            checks.add(check.isHttp() ? check : NetworkCheck.of(address));
            http |= check.isHttp();
        }
        if (!http) {
            refuse(
                    List.of(httpStatus, httpBody, httpHeaders, noRedirects, insecure),
                    "--check-network=http://... or https://...",
                    "check-network");
        }
        return network.given() == null ? null : checks;
    }

    private List<CommandCheck> commandChecks() {
        List<CommandCheck> checks = new ArrayList<>();
        for (String command : commands.list()) {
            checks.add(new CommandCheck(command, commandStatus.given(), commandStdout.given(), commandStderr.given()));
        }
        if (checks.isEmpty()) {
            refuse(List.of(commandStatus, commandStdout, commandStderr), "--check-command", "check-command");
        }
        return commands.given() == null ? null : checks;
    }

    /** What says how a check is done is of no use without one, and nobody would notice that it is not looked at. */
    private static void refuse(List<Option> details, String check, String key) {
        for (Option detail : details) {
            if (detail.given() != null) {
                throw new UsageException(
                        "Tried to use " + detail.names().get(0) + ", but there is no " + check + " that it is about.",
                        "Give one beside it; in a specification it belongs into the entry of " + key + ".");
            }
        }
    }
}

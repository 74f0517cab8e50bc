package dev.racker.postroj;

import dev.racker.postroj.plan.Checks;
import dev.racker.postroj.plan.CommandCheck;
import dev.racker.postroj.plan.NetworkCheck;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what to check. */
final class CheckOptions {

    /** Stands for no value: picocli takes an empty text for no option at all, and cannot describe an option of null. */
    private static final String NO_ERRORS = " ";

    @Option(
            names = "--check-unit",
            paramLabel = "NAME[=STATE]",
            description = "A systemd unit is active, or in STATE: enabled, failed, inactive, ... Repeatable.")
    private List<String> units;

    @Option(
            names = "--check-network",
            paramLabel = "ADDRESS",
            description =
                    "tcp://HOST:PORT, udp://HOST:PORT or an http(s) address answers, seen from inside. Repeatable.")
    private List<String> network;

    @Option(
            names = "--http-status",
            paramLabel = "CODE",
            description = "The status that http answers have. Default: 2xx.")
    private Integer httpStatus;

    @Option(names = "--http-body", paramLabel = "TEXT", description = "A text or /regex/ that http answers hold.")
    private String httpBody;

    @Option(
            names = "--http-header",
            paramLabel = "NAME:TEXT",
            description = "A header that http answers have, with a text or /regex/. Repeatable.")
    private List<String> httpHeaders = new ArrayList<>();

    @Option(names = "--no-redirects", description = "Take a redirect as the answer, instead of following it.")
    private Boolean noRedirects;

    @Option(names = "--insecure", description = "Do not verify certificates.")
    private Boolean insecure;

    @Option(
            names = "--check-file",
            paramLabel = "PATH[=WHAT]",
            description = "A file is there, or is as WHAT says. Repeatable.")
    private List<String> files;

    @Option(
            names = "--check-command",
            paramLabel = "COMMAND",
            description = "A command inside ends with status 0. Repeatable.")
    private List<String> commands;

    @Option(names = "--command-status", paramLabel = "N", description = "The status that checked commands end with.")
    private Integer commandStatus;

    @Option(names = "--command-stdout", paramLabel = "TEXT", description = "A text or /regex/ that they print.")
    private String commandStdout;

    @Option(
            names = "--command-stderr",
            paramLabel = "TEXT",
            description = "A text or /regex/ that they print to standard error.")
    private String commandStderr;

    @Option(
            names = "--check-journal",
            paramLabel = "PATTERN",
            arity = "0..1",
            fallbackValue = NO_ERRORS,
            description = "The journal holds a text or /regex/, does not hold !/regex/, or, without a value, no errors"
                    + " of the package's units. Repeatable.")
    private List<String> journal;

    @Option(
            names = "--check-package",
            paramLabel = "NAME[=VERSION]",
            description = "A package is installed. Repeatable.")
    private List<String> packages;

    @Option(names = "--check-failed-units", description = "No unit of the machine has failed.")
    private Boolean failedUnits;

    Checks checks() {
        return new Checks(units, networkChecks(), files, commandChecks(), journal(), packages, failedUnits);
    }

    /** Without a value: no errors. */
    private List<String> journal() {
        if (journal == null) {
            return null;
        }
        List<String> checks = new ArrayList<>();
        for (String pattern : journal) {
            checks.add(pattern.equals(NO_ERRORS) ? "" : pattern);
        }
        return checks;
    }

    private List<NetworkCheck> networkChecks() {
        if (network == null) {
            return null;
        }
        List<NetworkCheck> checks = new ArrayList<>();
        for (String address : network) {
            Boolean redirects = noRedirects == null ? null : Boolean.valueOf(!noRedirects);
            checks.add(new NetworkCheck(address, httpStatus, httpBody, httpHeaders, redirects, insecure));
        }
        return checks;
    }

    private List<CommandCheck> commandChecks() {
        if (commands == null) {
            return null;
        }
        List<CommandCheck> checks = new ArrayList<>();
        for (String command : commands) {
            checks.add(new CommandCheck(command, commandStatus, commandStdout, commandStderr));
        }
        return checks;
    }
}

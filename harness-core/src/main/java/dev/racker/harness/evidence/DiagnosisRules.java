package dev.racker.harness.evidence;

import static dev.racker.harness.evidence.LineRule.any;
import static dev.racker.harness.evidence.LineRule.log;
import static dev.racker.harness.evidence.LineRule.unit;

import java.util.List;

/**
 * All rules; the first that applies tells the cause. What makes everything else fail comes first, what one program says
 * of itself last. For each there is a test with a document of a real machine.
 */
final class DiagnosisRules {

    private static final String NOT_THE_PACKAGE = " That says nothing about the package.";

    private DiagnosisRules() {}

    static List<Diagnosis.Rule> all() {
        return List.of(
                log(
                        Blame.NETWORK,
                        "Temporary failure resolving '([^']+)'|Could not resolve(?: host)?:? ?'?([^' )]+)",
                        found -> "The name of a package mirror could not be resolved: the machine has no name server"
                                + " that answers." + NOT_THE_PACKAGE),
                log(
                        Blame.NETWORK,
                        "Could not connect to |Unable to connect to |Curl error \\((?:6|7|28|35|56)\\)"
                                + "|Connection (?:timed out|refused|reset) .*(?:http|mirror)|Failed to download metadata"
                                + "|failed retrieving file",
                        found -> "A package mirror could not be reached." + NOT_THE_PACKAGE),
                any(
                        Blame.HOST,
                        "(?i)no space left on device|you don't have enough free space in|at least .* more space needed on",
                        found -> "A file system is full: see \"" + Evidences.SPACE + "\"." + NOT_THE_PACKAGE),
                unit(
                        Blame.HOST,
                        "killed by the OOM killer|Result: oom-kill|Failed with result 'oom-kill'",
                        found ->
                                "The kernel killed it because memory ran out: that of the host, or what the unit or the"
                                        + " machine is limited to."),
                log(
                        Blame.IMAGE,
                        "error creating symbolic link '((/usr/share/man/[^/']+)/[^']+)': No such file or directory",
                        found -> "The image comes without documentation, so the directory " + found.group(2)
                                + " is missing and update-alternatives fails. Make it first: --setup 'mkdir -p "
                                + found.group(2) + "'"),
                new PortTakenRule(),
                unit(
                        Blame.SANDBOX,
                        "Module (\\S+) not found in directory|could not insert '([^']+)': Operation not permitted",
                        found -> "It wants to load the kernel module "
                                + (found.group(1) == null ? found.group(2) : found.group(1))
                                + ", which no container can." + NOT_THE_PACKAGE),
                unit(
                        Blame.SANDBOX,
                        "sysctl: (?:permission denied on key \"([^\"]+)\"|setting key \"([^\"]+)\".*"
                                + "(?:Read-only file system|Permission denied|Operation not permitted))",
                        found -> "It wants to set the kernel's "
                                + (found.group(1) == null ? found.group(2) : found.group(1)) + ", which is the host's."
                                + NOT_THE_PACKAGE),
                unit(
                        Blame.SANDBOX,
                        "auditd\\[\\d+\\]: (?:Cannot change priority|Error .*audit).*|Unable to set audit pid",
                        found -> "auditd wants a higher priority and the kernel's audit, and no container gets them."
                                + NOT_THE_PACKAGE),
                unit(
                        Blame.SANDBOX,
                        "mknod: \\S+ Operation not permitted",
                        found -> "It wants to make a device node, which no container can." + NOT_THE_PACKAGE),
                unit(
                        Blame.SANDBOX,
                        "mount: (\\S+): (?:permission denied|must be superuser|failed to setup loop device)",
                        found -> "It wants to mount a file system on " + found.group(1)
                                + ", which the container does not allow." + NOT_THE_PACKAGE),
                new ExitCodeRule(),
                unit(
                        Blame.PACKAGE,
                        "Failed to load environment files: No such file or directory",
                        found ->
                                "A file that the unit names in EnvironmentFile= does not exist. The package has to bring"
                                        + " it, or allow that it is missing (a \"-\" in front of it in the unit)."),
                unit(
                        Blame.PACKAGE,
                        "Can't open PID file (\\S+) \\(yet\\?\\) after start: No such file or directory",
                        found -> "The service ended, or went into the background, without writing its PIDFile= "
                                + found.group(1) + "."),
                unit(
                        Blame.UNKNOWN,
                        "start operation timed out",
                        found -> "The service did not say that it is ready (Type=notify, forking or dbus) within its"
                                + " TimeoutStartSec=."),
                unit(
                        Blame.IMAGE,
                        "Have not found any log file for (\\S+) jail",
                        found -> "fail2ban wants a log file for its jail " + found.group(1)
                                + ", but in this image nothing writes one: there is the journal only."),
                unit(
                        Blame.SETUP,
                        "Not configured to listen on any interfaces!",
                        found ->
                                "The DHCP server has no subnet for any interface of the machine: it needs a configuration"
                                        + " before it can start."),
                unit(
                        Blame.UNKNOWN,
                        "(?i)(?:unable|failed|cannot|can't|could not) (?:to )?open (\\S+).*: No such file or directory",
                        found -> "It needs the file " + found.group(1)
                                + ", which does not exist: it may be of a package that is only recommended."),
                log(
                                Blame.IMAGE,
                                "policy-rc\\.d denied execution of start|/usr/sbin/policy-rc\\.d returned 101, not running",
                                found ->
                                        "The image forbids packages to start their services (/usr/sbin/policy-rc.d). Remove that"
                                                + " file first: --setup 'rm /usr/sbin/policy-rc.d'")
                        .unlessLogged("^dpkg: error processing"),
                new ConditionRule());
    }
}

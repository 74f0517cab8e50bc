package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.report.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents of real machines, Debian 12, captured where each thing had happened. */
class DiagnosisTest {

    private static final String SOCKETS = """
            Netid State  Local                    Process
            tcp   LISTEN 0.0.0.0:8080             -
            tcp   LISTEN 0.0.0.0:80               python3 (pid 1203)
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "auditd             | SANDBOX | auditd wants a higher priority and the kernel's audit",
                "fail2ban           | IMAGE   | fail2ban wants a log file for its jail sshd,",
                "isc-dhcp-server    | SETUP   | The DHCP server has no subnet for any interface",
                "unbound            | UNKNOWN | It needs the file /var/lib/unbound/root.key, which does not exist",
                "port-taken         | SETUP   | the.service needs port 80, which python3 (pid 1203) has already.",
                "man-directory      | IMAGE   | The image comes without documentation, so the directory /usr/share/man/man1",
                "policy-rc          | IMAGE   | The image forbids packages to start their services",
                "unreachable        | NETWORK | The name of a package mirror could not be resolved",
                "no-space           | HOST    | A file system is full",
                "namespace-denied   | SANDBOX | could not be started (226/NAMESPACE): its mount namespace could not be set up:"
                        + " Operation not permitted. The container or the host's kernel does not allow it; that says nothing"
                        + " about the package.",
                "namespace-path     | PACKAGE | could not be started (226/NAMESPACE): it names /no/such/dir, which does not"
                        + " exist.",
                "exec               | PACKAGE | could not be started (203/EXEC): its program /usr/bin/no-such-program could"
                        + " not be executed: No such file or directory.",
                "user               | PACKAGE | could not be started (217/USER): the user that it runs as",
                "group              | PACKAGE | could not be started (216/GROUP): the group that it runs as",
                "chdir              | PACKAGE | could not be started (200/CHDIR): the unit's working directory",
                "scheduler          | SANDBOX | could not be started (214/SETSCHEDULER): its CPU scheduling"
                        + " (CPUSchedulingPolicy=) could not be set: Operation not permitted. The container",
                "condition          | SANDBOX | the.service was not started: its condition"
                        + " ConditionVirtualization=!container is not met here. It does not want to run in a container",
                "modprobe           | SANDBOX | It wants to load the kernel module dummy, which no container can.",
                "sysctl             | SANDBOX | It wants to set the kernel's vm.swappiness, which is the host's.",
                "mknod              | SANDBOX | It wants to make a device node",
                "mount              | SANDBOX | It wants to mount a file system on /mnt",
                "environment-file   | PACKAGE | A file that the unit names in EnvironmentFile= does not exist.",
                "pid-file           | PACKAGE | The service ended, or went into the background, without writing its PIDFile="
                        + " /run/x.pid.",
                "timeout            | UNKNOWN | The service did not say that it is ready",
            })
    void a_cause_is_told_and_whose_fault_it_is(String scene, Blame blame, String words) {
        Optional<Diagnosis> found = Diagnosis.find(read(scene, "log"), evidence(scene));

        assertTrue(found.isPresent(), "no diagnosis");
        assertTrue(found.get().text().contains(words), found.get().text());
        assertEquals(blame, found.get().blame());
        assertTrue(everything(scene).contains(found.get().clue()), found.get().clue());
    }

    @Test
    void an_out_of_memory_kill_is_told() {
        // The words are systemd's (src/core/unit.c); no limit of memory can be enforced where the others were captured.
        List<Evidence> evidence = List.of(
                new Evidence(
                        "Journal of x.service",
                        "Nov 22 09:06:33 host systemd[1]: x.service: A process of this unit has been killed by the OOM killer."));

        assertEquals(Blame.HOST, Diagnosis.find("", evidence).orElseThrow().blame());
    }

    @Test
    void what_other_families_say_of_an_unreachable_mirror_is_understood() {
        for (String log : List.of(
                "Errors during downloading metadata for repository 'x':\n  - Curl error (6): Couldn't resolve host name",
                "Could not resolve host: mirror.example",
                "error: failed retrieving file 'core.db' from mirror.example : Could not resolve host: mirror.example")) {
            assertEquals(
                    Blame.NETWORK, Diagnosis.find(log, List.of()).orElseThrow().blame(), log);
        }
    }

    @Test
    void nothing_is_said_when_nothing_is_known() {
        assertEquals("", Diagnosis.of("", List.of()));
        assertEquals("", Diagnosis.of("Setting up nginx (1.22.1-9) ...\n", List.of(new Evidence("x", "y"))));
    }

    @Test
    void a_unit_that_runs_is_not_to_blame() {
        List<Evidence> evidence = List.of(
                new Evidence("systemctl status x.service", "● x.service\n     Active: active (running) since"),
                new Evidence("Journal of x.service", "x[1]: bind: Address already in use"));

        assertEquals("", Diagnosis.of("", evidence));
    }

    @Test
    void the_journal_of_the_boot_is_about_other_units_too() {
        List<Evidence> evidence = List.of(
                new Evidence("systemctl status x.service", "     Active: failed\n    Process: 77 ExecStart=/x"),
                new Evidence(
                        "Journal of the boot",
                        "Nov 22 09:06:35 host systemd[1]: y.service was skipped because of an unmet condition check"
                                + " (ConditionVirtualization=!container).\n"
                                + "Nov 22 09:06:35 host systemd[1]: y.service: start operation timed out."));

        assertEquals("", Diagnosis.of("", evidence));
    }

    @Test
    void a_process_that_ended_before_journald_knew_its_unit_is_found_by_its_number() {
        List<Evidence> evidence = List.of(
                new Evidence("systemctl status x.service", "     Active: failed\n    Process: 77 ExecStart=/x"),
                new Evidence(
                        "Journal of the boot",
                        "Nov 22 09:06:35 host sysctl[77]: sysctl: permission denied on key \"vm.swappiness\""));

        assertEquals(Blame.SANDBOX, Diagnosis.find("", evidence).orElseThrow().blame());
    }

    @Test
    void an_unreachable_mirror_comes_before_everything_that_follows_from_it() {
        assertEquals(
                Blame.NETWORK,
                Diagnosis.find(read("unreachable", "log"), evidence("port-taken"))
                        .orElseThrow()
                        .blame());
    }

    @Test
    void a_ban_of_starts_is_no_cause_when_an_installation_failed_otherwise() {
        String log = read("policy-rc", "log") + "dpkg: error processing package x (--configure):\n";

        assertEquals("", Diagnosis.of(log, List.of()));
    }

    private static List<Evidence> evidence(String scene) {
        List<Evidence> evidence = new ArrayList<>();
        String status = read(scene, "status");
        String name = scene.equals("namespace-denied") ? "t-mountfail.service" : "the.service";
        if (!status.isEmpty()) {
            evidence.add(new Evidence("systemctl status " + name, status));
            evidence.add(new Evidence("Journal of " + name, read(scene, "journal")));
        }
        evidence.add(new Evidence("Listening sockets", SOCKETS));
        evidence.add(new Evidence("Journal of the boot", read(scene, "boot")));
        return evidence;
    }

    private static String everything(String scene) {
        return read(scene, "log") + read(scene, "status") + read(scene, "journal") + read(scene, "boot");
    }

    private static String read(String scene, String document) {
        try (InputStream resource = DiagnosisTest.class.getResourceAsStream(scene + "/" + document + ".txt")) {
            return resource == null ? "" : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

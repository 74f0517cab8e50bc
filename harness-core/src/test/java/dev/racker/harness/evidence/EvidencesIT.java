package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.TestImage;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.BootFailedException;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.report.Evidence;
import dev.racker.harness.store.StoredImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is collected of real machines that run, have ended, or never booted. */
@ExtendWith(TestImage.Shared.class)
class EvidencesIT {

    private static final String SERVICE = "[Service]\nType=oneshot\nExecStart=";

    private TestImage image;

    @BeforeEach
    void use(TestImage shared) {
        image = shared;
    }

    @Test
    void everything_is_collected_of_a_machine_in_which_services_failed() {
        StoredImage prepared = image.changed(
                "debian:evidence",
                Map.of(
                        "etc/systemd/system/missing.service", SERVICE + "/usr/bin/no-such-program\n",
                        "etc/systemd/system/denied.service", SERVICE + "/bin/true\nCPUSchedulingPolicy=rr\n",
                        "etc/systemd/system/listener.socket", "[Socket]\nListenStream=127.0.0.1:6379\n",
                        "etc/systemd/system/listener.service", SERVICE + "/bin/true\n"));
        try (Container container = image.boot(prepared)) {
            Machine machine = container.machine();
            machine.run("systemctl", "start", "listener.socket");
            machine.run("systemctl", "start", "missing.service");
            machine.run("systemctl", "start", "denied.service");
            machine.run("sh", "-c", "echo x >/etc/evidence; rm /etc/issue");

            List<Evidence> evidence = Evidences.collect(machine, List.of("missing.service"));

            assertEquals(
                    List.of(
                            "systemctl status missing.service",
                            "Journal of missing.service",
                            "systemctl status denied.service",
                            "Journal of denied.service",
                            "Failed units",
                            "Listening sockets",
                            "Files changed since the image",
                            "Storage and memory",
                            "Journal of the boot",
                            "Boot console"),
                    evidence.stream().map(Evidence::title).toList());
            assertTrue(text(evidence, "systemctl status missing.service").contains("status=203/EXEC"));
            assertTrue(text(evidence, "Journal of missing.service").contains("Failed with result 'exit-code'"));
            assertTrue(text(evidence, "Failed units").contains("denied.service"));
            assertTrue(
                    text(evidence, "Listening sockets").contains("127.0.0.1:6379           systemd (pid 1)"),
                    text(evidence, "Listening sockets"));
            assertTrue(text(evidence, "Files changed since the image").contains("file /etc/evidence: present"));
            assertTrue(text(evidence, "Files changed since the image").contains("gone /etc/issue: it is gone"));
            assertTrue(text(evidence, "Storage and memory").contains("MemAvailable"));
            assertTrue(text(evidence, "Journal of the boot").contains("denied.service"));
            assertFalse(text(evidence, "Boot console").contains("\u001b["));

            Diagnosis missing = Diagnosis.find("", evidence).orElseThrow();
            assertEquals(Blame.PACKAGE, missing.blame());
            assertTrue(missing.text().startsWith("missing.service could not be started (203/EXEC)"), missing.text());
            Diagnosis denied = Diagnosis.find(
                            "",
                            evidence.stream()
                                    .filter(part -> !part.title().contains("missing"))
                                    .toList())
                    .orElseThrow();
            assertEquals(Blame.SANDBOX, denied.blame(), denied.text());
        }
        assertEquals(List.of(), image.leftovers());
    }

    @Test
    void of_a_machine_that_has_ended_each_part_says_why_it_is_missing() {
        Machine machine;
        try (Container container = image.boot(image.debian())) {
            machine = container.machine();
        }

        List<Evidence> evidence = Evidences.collect(machine, List.of("nginx.service"));

        assertEquals(
                "not available: machine " + machine.name() + " has ended",
                text(evidence, "systemctl status nginx.service"));
        for (Evidence part : evidence) {
            assertTrue(part.text().startsWith("not available: "), part.title() + ": " + part.text());
        }
        assertEquals("", Diagnosis.of("", evidence));
        HarnessException gone = assertThrows(HarnessException.class, () -> LeftoverSnapshot.take(machine));
        assertTrue(gone.getMessage().contains("not there any more"), gone.getMessage());
    }

    @Test
    void of_a_machine_that_did_not_boot_the_console_is_kept() {
        StoredImage broken = image.changed(
                "debian:hang",
                Map.of(
                        "etc/systemd/system/hang.service",
                        "[Unit]\nDefaultDependencies=no\nBefore=sysinit.target\n"
                                + "[Service]\nType=oneshot\nTimeoutStartSec=infinity\n"
                                + "ExecStart=/bin/sh -c 'echo waiting for nothing >/dev/console; sleep infinity'\n",
                        "etc/systemd/system/sysinit.target.wants/hang.service",
                        "-> ../hang.service"));

        BootFailedException failure = assertThrows(
                BootFailedException.class,
                () -> image.boot(
                                broken,
                                ContainerOptions.defaults().on(NetworkMode.NONE).bootWithin(Duration.ofSeconds(5)))
                        .close());

        List<Evidence> evidence = Evidences.ofFailedBoot(failure);

        assertEquals(
                List.of("Boot", "Boot console"),
                evidence.stream().map(Evidence::title).toList());
        assertTrue(
                evidence.get(0).text().contains("hang.service"), evidence.get(0).text());
        assertTrue(
                evidence.get(1).text().contains("waiting for nothing"),
                evidence.get(1).text());
    }

    private static String text(List<Evidence> evidence, String title) {
        return evidence.stream()
                .filter(part -> part.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + title))
                .text();
    }
}

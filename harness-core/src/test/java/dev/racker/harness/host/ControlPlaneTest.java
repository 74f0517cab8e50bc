package dev.racker.harness.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneTest {

    private static final String UNIT = "/lib/systemd/system/systemd-machined.service";

    @TempDir
    Path directory;

    @Test
    void systemd_with_bus_and_machined_makes_it_machined() {
        ControlPlane plane = FakeRoot.systemdUnified(directory).host().controlPlane();
        assertEquals(
                new ControlPlane(ControlPlaneKind.MACHINED, "systemd is PID 1 and systemd-machined is installed"),
                plane);
    }

    @Test
    void another_pid_1_makes_it_direct_and_is_named() {
        ControlPlane plane = FakeRoot.containerHybrid(directory).host().controlPlane();
        assertEquals(new ControlPlane(ControlPlaneKind.DIRECT, "PID 1 is tini, not systemd"), plane);
    }

    @Test
    void systemd_without_bus_makes_it_direct() {
        ControlPlane plane = FakeRoot.systemdUnified(directory)
                .remove("/run/dbus/system_bus_socket")
                .host()
                .controlPlane();
        assertEquals(
                new ControlPlane(
                        ControlPlaneKind.DIRECT,
                        "systemd is PID 1, but there is no system D-Bus at /run/dbus/system_bus_socket"),
                plane);
    }

    @Test
    void systemd_without_the_unit_of_machined_makes_it_direct() {
        ControlPlane plane =
                FakeRoot.systemdUnified(directory).remove(UNIT).host().controlPlane();
        assertEquals(
                new ControlPlane(ControlPlaneKind.DIRECT, "systemd is PID 1, but systemd-machined is not installed"),
                plane);
    }

    @Test
    void systemd_without_the_bus_service_of_machined_makes_it_direct() {
        ControlPlane plane = FakeRoot.systemdUnified(directory)
                .remove("/usr/share/dbus-1/system-services/org.freedesktop.machine1.service")
                .host()
                .controlPlane();
        assertEquals("systemd is PID 1, but systemd-machined is not installed", plane.reason());
    }

    @Test
    void a_masked_machined_makes_it_direct() throws IOException {
        FakeRoot root = FakeRoot.systemdUnified(directory);
        Path mask = root.at("/etc/systemd/system/systemd-machined.service");
        Files.createDirectories(mask.getParent());
        Files.createSymbolicLink(mask, Path.of("/dev/null"));
        assertEquals(
                new ControlPlane(ControlPlaneKind.DIRECT, "systemd is PID 1, but systemd-machined.service is masked"),
                root.host().controlPlane());
        Files.delete(mask); // JUnit warns of links that leave its directory
    }

    @Test
    void the_environment_can_ask_for_direct_on_a_systemd_host() {
        ControlPlane plane = FakeRoot.systemdUnified(directory)
                .env("RACKER_CONTROL_PLANE", "direct")
                .host()
                .controlPlane();
        assertEquals(new ControlPlane(ControlPlaneKind.DIRECT, "RACKER_CONTROL_PLANE=direct asks for it"), plane);
    }

    @Test
    void the_environment_can_ask_for_machined_on_a_systemd_host() {
        ControlPlane plane = FakeRoot.systemdUnified(directory)
                .env("RACKER_CONTROL_PLANE", "machined")
                .host()
                .controlPlane();
        assertEquals(new ControlPlane(ControlPlaneKind.MACHINED, "RACKER_CONTROL_PLANE=machined asks for it"), plane);
    }

    @Test
    void an_empty_variable_asks_for_nothing() {
        ControlPlane plane = FakeRoot.systemdUnified(directory)
                .env("RACKER_CONTROL_PLANE", "")
                .host()
                .controlPlane();
        assertEquals(ControlPlaneKind.MACHINED, plane.kind());
    }

    @Test
    void asking_for_machined_without_systemd_is_an_error_that_says_why() {
        Host host = FakeRoot.containerHybrid(directory)
                .env("RACKER_CONTROL_PLANE", "machined")
                .host();
        HostException refused = assertThrows(HostException.class, host::controlPlane);
        assertTrue(refused.getMessage().contains("PID 1 is tini, not systemd"), refused.getMessage());
        assertTrue(refused.hint().orElseThrow().contains("RACKER_CONTROL_PLANE"));
    }

    @Test
    void an_unknown_control_plane_is_an_error_that_quotes_it() {
        Host host = FakeRoot.containerHybrid(directory)
                .env("RACKER_CONTROL_PLANE", "Direct ")
                .host();
        HostException refused = assertThrows(HostException.class, host::controlPlane);
        assertTrue(refused.getMessage().contains("'Direct '"), refused.getMessage());
        assertTrue(refused.hint().orElseThrow().contains("machined or direct"));
    }

    @Test
    void asking_for_machined_where_only_it_is_missing_names_the_package() {
        Host host = FakeRoot.systemdUnified(directory)
                .remove(UNIT)
                .env("RACKER_CONTROL_PLANE", "machined")
                .host();
        HostException refused = assertThrows(HostException.class, host::controlPlane);
        assertEquals(
                "Run: apt-get install -y systemd-container, or unset RACKER_CONTROL_PLANE, or set it to direct.",
                refused.hint().orElseThrow());
    }
}

package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsolationTest {

    @TempDir
    private Path directory;

    @Test
    void all_of_it_survives_being_written_down() {
        Isolation isolation = unusual();

        assertEquals(isolation, copy(isolation));
        assertEquals(Isolation.of(false, false), copy(Isolation.of(false, false)));
    }

    @Test
    void each_deviation_is_unusual() {
        assertTrue(Isolation.of(true, false).isUsual());
        Object[] usual = values(Isolation.of(true, false));
        Object[] unusual = values(unusual());
        unusual[0] = false;
        for (int i = 0; i < usual.length; i++) {
            Object[] one = usual.clone();
            one[i] = unusual[i];
            assertFalse(of(one).isUsual(), Isolation.class.getRecordComponents()[i].getName());
        }
    }

    private static Isolation unusual() {
        return new Isolation(
                true,
                true,
                true,
                true,
                List.of("net_admin"),
                List.of("ALL"),
                Optional.of(new Seccomp(false, List.of("read"), List.of("write"))),
                Map.of("net.ipv4.ip_forward", "1"),
                List.of(Ulimit.parse("nofile=10:20")),
                List.of(Device.parse("/dev/fuse:/dev/x:r")),
                -5,
                1024);
    }

    private static Object[] values(Isolation isolation) {
        return Stream.of(Isolation.class.getRecordComponents())
                .map(component ->
                        assertDoesNotThrow(() -> component.getAccessor().invoke(isolation)))
                .toArray();
    }

    /** Through the reflection of its components, so that one that is added later is looked at, too. */
    private static Isolation of(Object[] values) {
        return (Isolation) assertDoesNotThrow(() -> Isolation.class.getDeclaredConstructors()[0].newInstance(values));
    }

    private static Isolation copy(Isolation isolation) {
        JsonWriter json = new JsonWriter();
        isolation.write(json);
        try (JsonReader in = JsonReader.of(json.toBytes())) {
            return Isolation.read(in);
        }
    }

    @Test
    void capabilities_are_added_and_dropped() {
        assertEquals(
                List.of("--capability=CAP_NET_RAW,CAP_SYS_TIME", "--drop-capability=CAP_MKNOD"),
                capabilities(List.of("NET_RAW", "CAP_SYS_TIME"), List.of("mknod")));
        assertEquals(
                List.of("--capability=all", "--drop-capability=CAP_MKNOD"),
                capabilities(List.of("ALL"), List.of("MKNOD")));
    }

    @Test
    void what_is_added_stays_when_all_are_dropped() {
        List<String> arguments = capabilities(List.of("CHOWN"), List.of("all"));

        assertEquals("--capability=CAP_CHOWN", arguments.get(0));
        assertTrue(arguments.get(1).startsWith("--drop-capability=CAP_DAC_OVERRIDE,"), arguments.get(1));
        assertEquals(40, arguments.get(1).split(",").length);
    }

    private static List<String> capabilities(List<String> added, List<String> dropped) {
        List<String> arguments = new ArrayList<>();
        Capabilities.arguments(
                Capabilities.normalized("--cap-add", added),
                Capabilities.normalized("--cap-drop", dropped),
                List.of(),
                arguments);
        return arguments;
    }

    @Test
    void what_it_takes_to_become_a_user_is_left_to_the_start_of_a_payload() {
        List<String> arguments = new ArrayList<>();
        List<String> left = Capabilities.forStart(List.of("CAP_SETGID"), List.of("ALL"));

        assertEquals(List.of("CAP_SETUID", "CAP_SETPCAP"), left);
        Capabilities.arguments(List.of("CAP_SETGID"), List.of("ALL"), left, arguments);
        assertEquals(38, arguments.get(1).split(",").length);
        assertEquals(List.of(), Capabilities.forStart(List.of(), List.of("CAP_CHOWN")));
        assertEquals(List.of(), Capabilities.forStart(List.of("ALL"), List.of("ALL")));
    }

    @Test
    void an_unknown_capability_is_refused() {
        HarnessException failure =
                assertThrows(HarnessException.class, () -> Capabilities.normalized("--cap-add", List.of("NET_RAV")));

        assertEquals("Tried to read --cap-add \"NET_RAV\", but there is no such capability.", failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "nofile=1024, RLIMIT_NOFILE=1024:1024, LimitNOFILE=1024:1024",
        "NPROC=1:2, RLIMIT_NPROC=1:2, LimitNPROC=1:2",
        "core=0:-1, RLIMIT_CORE=0:infinity, LimitCORE=0:infinity",
        "memlock=-1, RLIMIT_MEMLOCK=infinity:infinity, LimitMEMLOCK=infinity:infinity"
    })
    void ulimits_are_read_as_docker_reads_them(String text, String rlimit, String property) {
        assertEquals(rlimit, Ulimit.parse(text).rlimit());
        assertEquals(property, Ulimit.parse(text).property());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nofile",
                "as=1",
                "=1",
                "nofile=x",
                "nofile=",
                "nofile=2:1",
                "nofile=-1:5",
                "nofile=-2",
                "nofile=1:2:3"
            })
    void what_is_no_ulimit_is_refused_and_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> Ulimit.parse(text));

        assertTrue(
                failure.getMessage().startsWith("Tried to read --ulimit \"" + text + "\", but "), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/fuse, /dev/fuse:/dev/fuse:rwm, ''",
        "/dev/fuse:/dev/x, /dev/fuse:/dev/x:rwm, ''",
        "/dev/fuse:r, /dev/fuse:/dev/fuse:r, w",
        "/dev/fuse:/dev/x:rw, /dev/fuse:/dev/x:rw, ''"
    })
    void devices_are_read_as_docker_reads_them(String text, String whole, String denied) {
        assertEquals(whole, Device.parse(text).toString());
        assertEquals(denied, Device.parse(text).denied());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fuse", "/dev/fuse:x", "/dev/fuse:/dev/x:rr", "/dev/fuse:/dev/x:rwm:y", "/dev/fuse:/a:/b"})
    void what_is_no_device_is_refused_and_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> Device.parse(text));

        assertTrue(failure.getMessage().contains("\"" + text + "\""), failure.getMessage());
    }

    @Test
    void a_directory_stands_for_the_devices_below_it() throws IOException {
        Path below = Files.createDirectories(directory.resolve("sub"));
        Files.createDirectory(directory.resolve("pts"));
        Files.writeString(below.resolve("file"), "no device");
        Files.createSymbolicLink(below.resolve("link"), Path.of("/dev/null"));

        assertThrows(HarnessException.class, () -> new Device(directory, "/dev/all", "r").each());
        List<Device> all = Device.parse("/dev:/dev/host:r").each();

        assertTrue(all.contains(new Device(Path.of("/dev/null"), "/dev/host/null", "r")), all.toString());
        assertTrue(all.stream().allMatch(device -> DeviceNode.isDevice(device.source())), all.toString());
        assertTrue(all.stream().noneMatch(device -> device.target().startsWith("/dev/host/pts")), all.toString());
        assertEquals(
                List.of(Device.parse("/dev/null")), Device.parse("/dev/null").each());
    }

    @Test
    void a_file_that_is_no_device_is_refused() {
        assertThrows(HarnessException.class, () -> DeviceNode.of(Path.of("/etc/passwd")));
        assertThrows(HarnessException.class, () -> DeviceNode.of(Path.of("/dev/no-such-device")));
        assertEquals(new DeviceNode("c", 1, 3, 0666), DeviceNode.of(Path.of("/dev/null")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel.hostname",
                "vm.swappiness",
                "kernel.shm",
                "net..x",
                "net.ipv4/../../kernel.panic",
                "fs.file-max",
                ""
            })
    void a_kernel_parameter_of_the_host_is_refused(String name) {
        HarnessException failure = assertThrows(HarnessException.class, () -> Sysctls.check(Map.of(name, "1"), true));

        assertTrue(failure.getMessage().contains("\"" + name + "\""), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.ipv4.ip_forward", "kernel.shmmax", "kernel.msgmnb", "kernel.sem", "fs.mqueue.msg_max"})
    void a_kernel_parameter_of_the_machines_own_is_taken(String name) {
        Sysctls.check(Map.of(name, "1"), true);
    }

    @Test
    void the_hosts_network_keeps_its_parameters() {
        assertThrows(HarnessException.class, () -> Sysctls.check(Map.of("net.ipv4.ip_forward", "1"), false));
    }

    @Test
    void kernel_parameters_are_set_in_the_machines_namespaces() {
        Map<String, String> values = Map.of("net.ipv4.conf.eth0/1.forwarding", "1");
        List<String> host = Sysctls.command(7, values, false).arguments();
        List<String> guest = Sysctls.command(7, values, true).arguments();

        assertEquals(List.of("nsenter", "--target=7", "--net", "--ipc", "--", "/bin/sh", "-c"), host.subList(0, 7));
        assertEquals(List.of("sh", "net/ipv4/conf/eth0.1/forwarding", "1"), host.subList(8, 11));
        assertEquals(List.of("--user", "--setuid=0", "--setgid=0", "--"), guest.subList(4, 8));
    }
}

package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.Mount;
import dev.racker.harness.machine.MountRequest;
import dev.racker.harness.machine.Tmpfs;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.network.NetworkRequest;
import dev.racker.harness.network.NetworkSettings;
import dev.racker.harness.network.PortMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which containers can have a machine that has booted already, and why others cannot. */
class StandbyFitTest {

    private static final ContainerOptions USUAL = ContainerOptions.defaults();

    @Test
    void what_is_decided_when_the_payload_starts_does_not_matter() {
        ContainerProcess process = new ContainerProcess(
                List.of("env"), List.of("A=b"), "nobody", "nogroup", "/tmp", true, true, false, false);

        assertEquals("", StandbyFit.obstacle(USUAL, NetworkMode.BRIDGE));
        assertEquals(
                "",
                StandbyFit.obstacle(
                        USUAL.running(process)
                                .labelled(Map.of("a", "b"))
                                .bootWithin(Duration.ofSeconds(1))
                                .on(NetworkSettings.defaults().exposing(List.of("80/tcp"))),
                        NetworkMode.BRIDGE));
    }

    @Test
    void a_machine_without_a_network_is_for_those_that_want_none() {
        assertEquals("", StandbyFit.obstacle(USUAL.on(NetworkMode.NONE), NetworkMode.NONE));
        assertEquals(
                "machines that wait have the network bridge, not none",
                StandbyFit.obstacle(USUAL.on(NetworkMode.NONE), NetworkMode.BRIDGE));
        assertEquals(
                "machines that wait have the network none, not bridge", StandbyFit.obstacle(USUAL, NetworkMode.NONE));
    }

    static Stream<Arguments> other() {
        NetworkSettings bridge = NetworkSettings.defaults();
        return Stream.of(
                Arguments.of("kept", USUAL.kept(), "kept"),
                Arguments.of("named", USUAL.named("web"), "name"),
                Arguments.of("host name", USUAL.hostname("web"), "host name"),
                Arguments.of("host network", USUAL.on(NetworkMode.HOST), "network"),
                Arguments.of("ports", USUAL.on(bridge.publish(List.of(PortMapping.parse("8080:80")))), "connected"),
                Arguments.of("user's network", USUAL.on(bridge.on(List.of(NetworkRequest.of("front")))), "connected"),
                Arguments.of("name server", USUAL.on(bridge.ask(List.of("192.0.2.1"))), "connected"),
                Arguments.of("host users", USUAL.hostUsers(true), "user namespace"),
                Arguments.of("privileged", USUAL.isolated(Isolation.of(true, true)), "user namespace"),
                Arguments.of("capability", USUAL.isolated(withCapability()), "isolation"),
                Arguments.of("bind", USUAL.with(List.of(new Bind(Path.of("/srv"), "/srv", true))), "mounts"),
                Arguments.of("tmpfs", USUAL.inMemory(List.of(new Tmpfs("/scratch", ""))), "mounts"),
                Arguments.of(
                        "volume", USUAL.mounting(MountRequest.of(Mount.anonymous("/data", false, true))), "mounts"));
    }

    private static Isolation withCapability() {
        return new Isolation(
                true,
                false,
                false,
                false,
                List.of("SYS_ADMIN"),
                List.of(),
                java.util.Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                0,
                0);
    }

    private static Limits memory() {
        return new Limits(64L << 20, 0, 0, 0, 0, 0, 0, "", "", 0, 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("other")
    void what_a_machine_begins_with_needs_one_of_its_own(String what, ContainerOptions options, String word) {
        String obstacle = StandbyFit.obstacle(options, NetworkMode.BRIDGE);

        assertNotEquals("", obstacle);
        assertEquals(true, obstacle.contains(word), obstacle);
    }
}

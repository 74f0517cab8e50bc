package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Host;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final long MB = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512b, 512",
        "10k, 10240",
        "10m, 10485760",
        "10M, 10485760",
        "10mb, 10485760",
        "10MiB, 10485760",
        "1.5g, 1610612736",
        "'2 g', 2147483648",
        "1t, 1099511627776"
    })
    void sizes_are_read_as_docker_reads_them(String text, long bytes) {
        assertEquals(bytes, MemorySize.parse("--memory", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m",
                "10x",
                "-1",
                "1.2.3m",
                ".5m",
                "5.m",
                "10mm",
                "10bb",
                "99999999999999999999",
                "9999999999p"
            })
    void what_is_no_size_is_refused_and_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> MemorySize.parse("--shm-size", text));

        assertEquals("Tried to read --shm-size \"" + text + "\", but that is no size.", failure.getMessage());
    }

    @Test
    void all_of_it_survives_being_written_down() {
        Limits limits = new Limits(10 * MB, 20 * MB, 6 * MB, 0, 50_000, 25_000, 512, "0-2,7", "0", 100, 300);

        assertEquals(limits, copy(limits));
        assertTrue(copy(Limits.none()).isNone());
    }

    private static Limits copy(Limits limits) {
        JsonWriter json = new JsonWriter();
        limits.write(json);
        try (JsonReader in = JsonReader.of(json.toBytes())) {
            return Limits.read(in);
        }
    }

    @Test
    void swap_is_twice_the_memory_unless_it_is_said() {
        Limits limits = Limits.none().withMemory(10 * MB);

        assertEquals(20 * MB, limits.swapLimit());
        assertEquals(-1, Limits.none().swapLimit());
        assertEquals(-1, new Limits(10 * MB, -1, 0, 0, 0, 0, 0, "", "", 0, 0).swapLimit());
    }

    @ParameterizedTest
    @CsvSource({
        "1048576, 0, 0, --memory \"1m\"",
        "10485760, 9437184, 0, --memory-swap \"9m\"",
        "0, 9437184, 0, --memory-swap \"9m\"",
        "10485760, -2, 0, --memory-swap \"-2\"",
        "10485760, 0, 11534336, --memory-reservation \"11m\"",
        "0, 0, 1024, --memory-reservation \"1k\""
    })
    void contradictions_of_memory_are_refused(long memory, long swap, long reservation, String quoted) {
        HarnessException failure = assertThrows(
                HarnessException.class, () -> new Limits(memory, swap, reservation, 0, 0, 0, 0, "", "", 0, 0));

        assertTrue(failure.getMessage().startsWith("Tried to read " + quoted + ", but "), failure.getMessage());
        assertTrue(failure.hint().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "1000000, 0, 0, 0, '', 0",
        "1000000000, 100000, 0, 0, '', 0",
        "0, 999, 0, 0, '', 0",
        "0, 0, 999, 0, '', 0",
        "0, 0, 0, 1, '', 0",
        "0, 0, 0, 262145, '', 0",
        "0, 0, 0, 0, '3-1', 0",
        "0, 0, 0, 0, '1,', 0",
        "0, 0, 0, 0, 'x', 0",
        "0, 0, 0, 0, '', 9",
        "0, 0, 0, 0, '', 1001"
    })
    void what_is_out_of_range_is_refused(long nano, long period, long quota, long shares, String cpus, int weight) {
        assertThrows(
                HarnessException.class, () -> new Limits(0, 0, 0, nano, period, quota, shares, cpus, "", 0, weight));
    }

    @Test
    void processors_that_the_host_does_not_have_are_refused(@TempDir Path root) throws IOException {
        Path online = root.resolve("sys/devices/system/cpu/online");
        Files.createDirectories(online.getParent());
        Files.writeString(online, "0-1\n");
        Host host = new Host(root, Map.of());

        HostLimits.check(cpus("0,1"), root, host);
        HarnessException failure =
                assertThrows(HarnessException.class, () -> HostLimits.check(cpus("1-2"), root, host));

        assertEquals("Tried to read --cpuset-cpus \"1-2\", but this host has 0-1 only.", failure.getMessage());
        Limits many = new Limits(0, 0, 0, (host.cpus() + 1) * 1_000_000_000L, 0, 0, 0, "", "", 0, 0);
        assertThrows(HarnessException.class, () -> HostLimits.check(many, root, host));
    }

    private static Limits cpus(String list) {
        return new Limits(0, 0, 0, 0, 0, 0, 0, list, "", 0, 0);
    }
}

package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressPoolTest {

    private static final Subnet FIRST = Subnet.candidate(0);

    @TempDir
    Path directory;

    @Test
    void the_lowest_free_address_is_taken() throws IOException {
        AddressPool pool = new AddressPool(directory);

        assertEquals("10.187.0.2", Subnet.text(pool.take("a", FIRST)));
        assertEquals("10.187.0.3", Subnet.text(pool.take("b", FIRST)));
        Files.delete(directory.resolve("10.187.0.2"));
        assertEquals("10.187.0.2", Subnet.text(pool.take("c", FIRST)));
        assertEquals(Map.of("10.187.0.2", "c", "10.187.0.3", "b"), pool.holders());
    }

    @Test
    void addresses_in_use_decide_the_range_of_the_next() throws IOException {
        AddressPool pool = new AddressPool(directory);
        pool.take("a", FIRST);

        assertEquals("10.187.0.3", Subnet.text(pool.take("b", Subnet.candidate(7))));
    }

    @Test
    void takers_at_the_same_time_get_different_addresses() throws Exception {
        int takers = 64;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> taken = new ArrayList<>();
            for (int i = 0; i < takers; i++) {
                String id = "c" + i;
                taken.add(threads.submit(() -> new AddressPool(directory).take(id, FIRST)));
            }
            HashSet<Integer> different = new HashSet<>();
            for (Future<Integer> address : taken) {
                different.add(address.get());
            }
            assertEquals(takers, different.size());
        } finally {
            threads.shutdownNow();
        }
        assertEquals(takers, new HashSet<>(new AddressPool(directory).holders().values()).size());
    }

    @Test
    void a_full_range_is_told() throws IOException {
        for (int address = FIRST.firstHost(); address <= FIRST.lastHost(); address++) {
            Files.createSymbolicLink(directory.resolve(Subnet.text(address)), Path.of("x"));
        }

        HarnessException failure =
                assertThrows(HarnessException.class, () -> new AddressPool(directory).take("a", FIRST));

        assertEquals("Tried to find an address for a, but all of 10.187.0.0/20 are in use.", failure.getMessage());
    }

    @Test
    void a_pool_that_was_never_used_has_no_holders() throws IOException {
        assertEquals(Map.of(), new AddressPool(directory.resolve("none")).holders());
    }
}

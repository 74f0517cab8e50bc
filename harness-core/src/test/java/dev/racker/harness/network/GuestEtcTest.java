package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GuestEtcTest {

    private static final String HOSTS =
            "127.0.0.1\tlocalhost\n10.0.0.2\tweb\n192.0.2.7\tdb\n10.0.0.9\tweb\n# 10.0.0.2 web\n";

    @Test
    void the_machines_name_stands_for_its_new_addresses_and_other_lines_stay() {
        assertEquals(
                "127.0.0.1\tlocalhost\n10.0.0.2\tweb\n10.1.0.2\tweb\n192.0.2.7\tdb\n10.0.0.9\tweb\n# 10.0.0.2 web\n",
                GuestEtc.naming("web", List.of("10.0.0.2"), List.of("10.0.0.2", "10.1.0.2"), HOSTS));
        assertEquals(
                "127.0.0.1\tlocalhost\n127.0.1.1\tweb\n192.0.2.7\tdb\n# 10.0.0.2 web\n",
                GuestEtc.naming("web", List.of("10.0.0.2", "10.0.0.9"), List.of("127.0.1.1"), HOSTS));
    }

    @Test
    void a_name_that_somebody_has_taken_out_comes_back_at_the_end() {
        assertEquals(
                "127.0.0.1\tlocalhost\n10.1.0.2\tweb\n",
                GuestEtc.naming("web", List.of("10.0.0.2"), List.of("10.1.0.2"), "127.0.0.1\tlocalhost\n"));
    }

    @Test
    void other_name_servers_replace_those_that_are_there() {
        assertEquals(
                "nameserver 10.0.0.1\nsearch example\n",
                GuestEtc.resolving(List.of("10.0.0.1"), "search example\nnameserver 192.0.2.1\n\n"));
    }
}

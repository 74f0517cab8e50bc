package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryHostTest {

    @ParameterizedTest
    @CsvSource({
        ", docker.io",
        "'', docker.io",
        "docker.io, docker.io",
        "https://index.docker.io/v1/, docker.io",
        "localhost:5000, localhost:5000",
        "http://localhost:5000/v2/, localhost:5000",
        "quay.io/team, quay.io/team"
    })
    void the_host_is_what_log_ins_are_kept_under(String server, String host) {
        assertEquals(host, RegistryHost.of(server));
    }
}

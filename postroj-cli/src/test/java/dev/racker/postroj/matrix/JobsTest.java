package dev.racker.postroj.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsTest {

    @ParameterizedTest
    @CsvSource({"12,2,24,4", "3,8,24,3", "12,8,2,4", "12,2,0,1", "0,2,24,1"})
    void jobs_follow_cores_and_memory_and_there_is_always_one(int cells, int cores, long gibibytes, int jobs) {
        assertEquals(jobs, Jobs.of(cells, cores, gibibytes << 30));
    }

    @Test
    void whoever_asks_for_more_machines_than_memory_holds_is_told() {
        assertEquals(
                Optional.of("40 machines at once may take 20480 MiB of memory, and 4096 MiB are free."),
                Jobs.doubt(40, 4L << 30));
        assertEquals(Optional.empty(), Jobs.doubt(8, 4L << 30));
    }
}

package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootDiagnosisTest {

    @Test
    void the_job_that_others_wait_for_comes_first() {
        String[] jobs = {
            "4  sysinit.target start waiting", "24 hang.service   start running", "3  basic.target   start waiting"
        };

        assertArrayEquals(new String[] {jobs[1], jobs[0], jobs[2]}, BootDiagnosis.runningFirst(jobs));
    }

    @Test
    void the_job_that_others_wait_for_is_among_those_that_are_shown() {
        String[] jobs = new String[100];
        Arrays.fill(jobs, "3 basic.target start waiting");
        jobs[50] = "24 hang.service start running";

        String[] shown = BootDiagnosis.runningFirst(jobs);

        assertEquals(jobs[50], shown[0]);
        assertTrue(shown.length < 50, shown.length + " lines");
    }

    @Test
    void the_console_is_told_without_colours_and_without_what_moves() {
        String printed =
                "\u001b[0;32m  OK  \u001b[0m Started a.\r\n\u001b[K[\u001b[0;31m*     \u001b[0m] Job b running (2s)\r\n"
                        + "\u001bM\r\u001b[K[ **   ] Job b running (3s)\r\n\u001bM\r\u001b[K[   ***] Job b running (4s)\r\n";

        assertEquals("\n    OK   Started a.\n  [   ***] Job b running (4s)", BootDiagnosis.lastLines(printed));
    }
}

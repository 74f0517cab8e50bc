package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.NoSuchImageException;
import dev.racker.harness.error.HarnessException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private final TestSession racker = new TestSession(Map.of());

    @Test
    void one_line_says_what_failed_and_one_what_to_do() {
        racker.session().tell(new HarnessException("Tried to X, but Y.", "Do Z."));

        assertEquals("racker: Tried to X, but Y.\nDo Z.\n", racker.err());
        assertEquals("", racker.out());
    }

    @Test
    void without_a_hint_there_is_one_line() {
        racker.session().tell(new HarnessException("Tried to X, but Y.", null));

        assertEquals("racker: Tried to X, but Y.\n", racker.err());
    }

    @Test
    void the_stack_trace_is_shown_with_debug_only() {
        racker.session().debug(true);
        racker.session().tell(new HarnessException("Tried to X, but Y.", "Do Z.", new IllegalStateException("cause")));

        assertTrue(racker.err().startsWith("racker: Tried to X, but Y.\nDo Z.\n"), racker.err());
        assertTrue(racker.err().contains("\tat dev.racker.cli.FailuresTest."), racker.err());
        assertTrue(racker.err().contains("Caused by: java.lang.IllegalStateException: cause"), racker.err());
    }

    @Test
    void a_defect_is_told_as_one() {
        racker.session().tell(new IllegalStateException("odd"));

        assertEquals(
                "racker: This is a defect of racker: java.lang.IllegalStateException: odd\n"
                        + "Run it again with --debug, and report what it prints.\n",
                racker.err());
    }

    @Test
    void what_is_not_there_is_no_failure_of_racker_except_that_run_has_run_nothing() {
        Failures failures = new Failures(racker.session());
        NoSuchImageException missing = new NoSuchImageException("nothing:1");

        assertEquals(1, failures.tell(missing, "create"));
        assertEquals(125, failures.tell(missing, "run"));
        assertEquals(125, failures.tell(new HarnessException("Tried to X, but Y.", null), "create"));
    }
}

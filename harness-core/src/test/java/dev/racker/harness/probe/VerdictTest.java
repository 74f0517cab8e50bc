package dev.racker.harness.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void what_is_bad_is_bad_whatever_else_could_not_be_told() {
        assertEquals(Verdict.FAIL, Verdict.FAIL.worse(Verdict.ERROR));
        assertEquals(Verdict.FAIL, Verdict.ERROR.worse(Verdict.FAIL));
        assertEquals(Verdict.ERROR, Verdict.PASS.worse(Verdict.ERROR));
        assertEquals(Verdict.PASS, Verdict.PASS.worse(Verdict.SKIPPED));
    }

    @Test
    void somebody_has_to_look_at_failures_and_errors() {
        assertTrue(Verdict.FAIL.isBad());
        assertTrue(Verdict.ERROR.isBad());
        assertFalse(Verdict.PASS.isBad());
        assertFalse(Verdict.SKIPPED.isBad());
    }
}

package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks before something is removed. */
final class Confirmation {

    private final Session session;

    Confirmation(Session session) {
        this.session = session;
    }

    /** Says whether the answer is yes; no answer is none. */
    boolean isGiven(String warning) {
        session.out().print("WARNING! " + warning + "\nAre you sure you want to continue? [y/N] ");
        session.out().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().equalsIgnoreCase("y");
        } catch (IOException e) {
            throw new HarnessException("Tried to read the answer, but: " + e.getMessage() + ".", "Use --force.", e);
        }
    }
}

package dev.racker.harness.process;

import java.nio.charset.StandardCharsets;

/**
 * How a command ended.
 *
 * @param status the exit status; 128 + n when signal n ended the program
 * @param stdout what was captured of standard output; empty when it went elsewhere
 * @param stderr what was captured of standard error; empty when it went elsewhere
 */
public record CommandResult(int status, byte[] stdout, byte[] stderr) {

    /** Standard output as UTF-8 text, without line ends at its end. */
    public String text() {
        return new String(stdout, StandardCharsets.UTF_8).stripTrailing();
    }

    /** Standard error as UTF-8 text, without line ends at its end. */
    public String errorText() {
        return new String(stderr, StandardCharsets.UTF_8).stripTrailing();
    }
}

package dev.racker.postroj.plan;

/**
 * A command to run inside, as it was written, and what to expect of it.
 *
 * @param command a line for the shell inside
 * @param status the exit status that it must have; null for 0
 * @param stdout what must be on its standard output: a text or {@code /regex/}; null for anything
 * @param stderr what must be on its standard error; null for anything
 */
public record CommandCheck(String command, Integer status, String stdout, String stderr) {

    /** Expects status 0. */
    public static CommandCheck of(String command) {
        return new CommandCheck(command, null, null, null);
    }
}

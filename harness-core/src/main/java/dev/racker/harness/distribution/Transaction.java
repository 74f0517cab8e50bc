package dev.racker.harness.distribution;

import java.time.Duration;

/**
 * What a package manager did for one request.
 *
 * @param command what ran inside, as a line that can be pasted into a shell there; several programs are joined by
 *     {@code &&}
 * @param status the exit status of the last program that ran; 0 does not prove success
 * @param succeeded whether everything was done, install scripts included, as far as the package manager tells
 * @param unreachable whether it failed because a repository could not be reached or read: that says nothing about the
 *     package
 * @param reason why it failed, as a clause to stand after "but": {@code foo needs bar >= 2, which nothing provides};
 *     empty when it succeeded
 * @param log what the programs printed, both streams in the order they came
 * @param duration of the programs
 */
public record Transaction(
        String command,
        int status,
        boolean succeeded,
        boolean unreachable,
        String reason,
        String log,
        Duration duration) {}

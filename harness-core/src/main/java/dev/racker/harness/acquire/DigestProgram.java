package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * SHA-256 digests of much data, by openssl (openssl-dgst(1)) or else sha256sum(1). They use what the processor has for
 * it; Java does so only where its second compiler is, which a command line goes without.
 */
final class DigestProgram {

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int HEX_LENGTH = 64;

    private final CommandRunner runner;

    DigestProgram(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Computes the digest of what is read from a stream, beside the reading; the stream returned owns {@code in}.
     *
     * @throws CommandException when there is no program for it
     */
    DigestStream over(InputStream in) {
        return new DigestStream(in, start("-", Input.pipe()));
    }

    /**
     * Computes the digest of a file.
     *
     * @throws IOException when it cannot be read
     */
    Digest of(Path file) throws IOException {
        try (RunningCommand program = start(file.toAbsolutePath().toString(), Input.none())) {
            return digest(program.await());
        }
    }

    private RunningCommand start(String operand, Input input) {
        try {
            return runner.start(opensslCommand(operand).stdin(input));
        } catch (CommandException e) {
            if (e.reason() != CommandException.Reason.NOT_FOUND) {
                throw e;
            }
            return runner.start(sha256sumCommand(operand).stdin(input));
        }
    }

    static Command opensslCommand(String operand) {
        Command command =
                Command.of("openssl", "dgst", "-sha256", "-r").expectAny().timeout(LONGEST);
        return operand.equals("-") ? command : command.with(operand); // 1.0 knows no dash
    }

    static Command sha256sumCommand(String operand) {
        return Command.of("sha256sum", "--binary", operand).expectAny().timeout(LONGEST);
    }

    /** Takes the digest from what either program has written: the digits, and what they are of. */
    static Digest digest(CommandResult result) throws IOException {
        String line = result.text();
        int start = line.startsWith("\\") ? 1 : 0; // how sha256sum says that it has quoted the file's name
        if (result.status() != 0 || line.length() < start + HEX_LENGTH) {
            throw new IOException(
                    "no digest could be computed, " + (result.errorText().isEmpty() ? line : result.errorText()));
        }
        return Digest.parse("sha256:" + line.substring(start, start + HEX_LENGTH));
    }
}

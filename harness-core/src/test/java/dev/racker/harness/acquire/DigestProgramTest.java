package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Digest;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestProgramTest {

    private static final String HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path temporary;

    private final CommandRunner runner = new CommandRunner();
    private final DigestProgram digests = new DigestProgram(runner);

    @Test
    void a_stream_arrives_whole_and_its_digest_is_that_of_all_of_it() throws IOException {
        byte[] content = new byte[3_000_001];
        new Random(1).nextBytes(content);

        try (DigestStream stream = digests.over(new ByteArrayInputStream(content))) {
            assertEquals(content[0] & 0xff, stream.read());
            assertEquals(1000, stream.skip(1000));
            assertEquals(content[1001] & 0xff, stream.read());
            assertEquals(Sha256.of(content), stream.finish());
        }
    }

    @Test
    void nothing_has_a_digest_too() throws IOException {
        try (DigestStream stream = digests.over(new ByteArrayInputStream(new byte[0]))) {
            assertEquals(Digest.sha256(HEX), stream.finish());
        }
    }

    @Test
    void a_stream_that_is_left_early_ends_the_program() throws IOException {
        DigestStream stream = digests.over(new ByteArrayInputStream(new byte[10]));
        stream.read();
        stream.close();

        assertThrows(IOException.class, stream::finish);
    }

    @Test
    void both_programs_give_the_digest_of_a_file_whatever_its_name() throws IOException {
        Path file = Files.write(temporary.resolve("a \\ b\nc"), new byte[] {1, 2, 3});
        Digest expected = Sha256.of(file);

        assertEquals(expected, digests.of(file));
        assertEquals(expected, DigestProgram.digest(runner.run(DigestProgram.opensslCommand(file.toString()))));
        assertEquals(expected, DigestProgram.digest(runner.run(DigestProgram.sha256sumCommand(file.toString()))));
    }

    @Test
    void a_file_that_cannot_be_read_is_told() {
        IOException e = assertThrows(IOException.class, () -> digests.of(temporary.resolve("none")));

        assertTrue(e.getMessage().contains("none"), e.getMessage());
    }

    @Test
    void an_answer_without_digest_is_refused() {
        assertThrows(IOException.class, () -> DigestProgram.digest(result(0, "no digest")));
        assertThrows(IOException.class, () -> DigestProgram.digest(result(1, HEX + " *stdin")));
        assertThrows(RuntimeException.class, () -> DigestProgram.digest(result(0, "SHA256(stdin)= " + HEX)));
    }

    @Test
    void without_operand_standard_input_is_read() {
        assertEquals(
                List.of("openssl", "dgst", "-sha256", "-r"),
                DigestProgram.opensslCommand("-").arguments());
        assertEquals(
                List.of("sha256sum", "--binary", "-"),
                DigestProgram.sha256sumCommand("-").arguments());
        assertEquals(
                Command.of("sha256sum", "--binary", "/a").arguments(),
                DigestProgram.sha256sumCommand("/a").arguments());
    }

    private static CommandResult result(int status, String text) {
        return new CommandResult(status, text.getBytes(StandardCharsets.UTF_8), new byte[0]);
    }
}

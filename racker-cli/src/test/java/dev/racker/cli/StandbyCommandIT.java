package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code racker standby}. */
@ExtendWith(TestRacker.Shared.class)
class StandbyCommandIT {

    private final TestRacker racker;
    private final String image;

    StandbyCommandIT(TestRacker racker) throws Exception {
        this.racker = racker;
        this.image = racker.debian();
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        racker.run("standby", "rm", "--all").ok();
        eventually("the end of all machines", () -> racker.leftovers().isEmpty());
    }

    private String ls(String template) throws Exception {
        return racker.run("standby", "ls", "--format", template).ok();
    }

    @Test
    void a_run_takes_the_machine_that_waits() throws Exception {
        String id =
                racker.run("standby", "set", "--network=none", image, "1").ok().strip();
        assertEquals("1 1 none 1h\n", ls("{{.Wanted}} {{.Ready}} {{.Network}} {{.Expire}}"));
        String name = ls("{{.Machines}}").strip();
        assertTrue(name.endsWith(id.substring(0, 4)), name);
        assertEquals("", racker.run("ps", "-aq").ok());

        Result result = racker.run(
                "--verbose",
                "run",
                "--rm",
                "--network=none",
                "-e",
                "A=b",
                "-w",
                "/tmp",
                image,
                "sh",
                "-c",
                "hostname; echo $A; pwd; exit 7");

        assertEquals(name + "\nb\n/tmp\n", result.out());
        assertEquals(7, result.status());
        assertTrue(result.err().contains("Took the machine " + name + ", which waited.\n"), result.err());
        eventually("another one", () -> ls("{{.Ready}}").equals("1\n"));
    }

    @Test
    void what_was_wanted_is_listed_until_it_is_removed() throws Exception {
        racker.run("standby", "set", "--network=none", "--expire=90s", image, "1")
                .ok();
        assertEquals(image + " 1m30s\n", ls("{{.Image}} {{.Expire}}"));

        racker.run("standby", "set", image, "0").ok();

        assertEquals("", ls("{{.Image}}"));
        assertEquals(1, racker.run("standby", "rm", image).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IMG 9                    | 125 | but it can be 1 to 8.",
                "-- IMG -1                 | 125 | but it can be 1 to 8.",
                "IMG many                 | 125 | Tried to read the number of machines \"many\"",
                "IMG                      | 125 | N",
                "--network=host IMG 1     | 125 | on the host's network",
                "--network=front IMG 1    | 125 | \"front\"",
                "--expire=soon IMG 1      | 125 | --expire \"soon\"",
                "no-such-image 1          | 1   | no-such-image",
            })
    void each_input_has_an_answer(String line, int status, String answer) throws Exception {
        String[] words = ("standby set " + line).split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].equals("IMG") ? image : words[i];
        }

        Result result = racker.run(words);

        assertEquals(status, result.status(), result::toString);
        assertTrue(result.err().contains(answer), result.err());
        assertEquals("", ls("{{.Image}}"));
    }
}

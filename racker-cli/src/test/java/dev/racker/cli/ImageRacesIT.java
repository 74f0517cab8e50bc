package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Commands on one image against each other. */
class ImageRacesIT extends RegistryCase {

    @Test
    void a_pull_and_a_removal_of_one_image_do_not_harm_each_other() throws Exception {
        Path layout = layout("contended");
        String name = push("contended:1", layout);
        String bystander = push("bystander:1", layout);
        pull(bystander).ok();
        for (int round = 0; round < 20; round++) {
            Process pull = racker.start("pull", "--tls-verify=false", name);
            String first = "";
            if (round % 2 == 0) {
                first = pull.inputReader().readLine(); // it is at work then
            }
            Process rmi = racker.start("rmi", name);
            Result removed = finish(rmi);
            Result pulled = finish(pull);
            assertTrue(first != null, pulled.toString());
            assertWorkedOrSaidWhy(pulled);
        }

        assertEquals("contended\n", marker(bystander));
        pull(name).ok();
        assertEquals("contended\n", marker(name));
        racker.run("rmi", name, bystander).ok();
        assertStoreIsEmpty();
    }

    @Test
    void two_pulls_of_one_image_at_the_same_time_both_give_it() throws Exception {
        String name = push("twice:1", layout("twice"));
        Process one = racker.start("pull", "--tls-verify=false", name);
        Process other = racker.start("pull", "--tls-verify=false", name);

        String told = finish(one).ok() + finish(other).ok();

        assertTrue(told.contains("Status: Downloaded newer image for "), told);
        assertTrue(told.contains("Status: Image is up to date for "), told);
        assertEquals(1, layers().size());
        assertEquals("twice\n", marker(name));
    }

    @Test
    void a_run_and_a_removal_of_one_image_do_not_harm_each_other() throws Exception {
        String debian = TestArchives.debian().toString();
        racker.run("pull", "--quiet", debian).ok();
        for (int round = 0; round < 3; round++) {
            Process run = racker.start("run", "--rm", "--network=none", debian, "cat", "/proc/1/comm");
            Process rmi = racker.start("rmi", debian);
            Result ran = finish(run);
            Result removed = finish(rmi);
            assertWorkedOrSaidWhy(removed);
            assertWorkedOrSaidWhy(ran);
            racker.assertNothingLeft();
        }

        racker.run("rmi", "--force", debian).ok();
        assertStoreIsEmpty();
    }

    private static Result finish(Process process) throws Exception {
        return TestRacker.finish(process, InputStream.nullInputStream());
    }

    private static void assertWorkedOrSaidWhy(Result result) {
        boolean told =
                result.err().contains("racker: Tried to ") && result.err().contains(", but ");
        assertTrue(result.status() == 0 || told, result.toString());
        assertFalse(result.err().contains("Exception"), result.toString());
    }
}

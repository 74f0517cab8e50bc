package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command of a machine that is not booted finds: its user, variables, directory, files, capabilities. */
@ExtendWith(TestRacker.Shared.class)
class UnbootedEnvironmentIT {

    private final TestRacker racker;
    private final String busybox;

    UnbootedEnvironmentIT(TestRacker racker) throws Exception {
        this.racker = racker;
        this.busybox = racker.busybox();
    }

    @Test
    void variables_and_directory_are_set() throws Exception {
        assertEquals(
                "a b\n/etc\n",
                racker.run(
                                "run",
                                "--rm",
                                "--network=none",
                                "-e",
                                "A=a b",
                                "-w",
                                "/etc",
                                busybox,
                                "sh",
                                "-c",
                                "echo \"$A\"; pwd")
                        .ok());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app         | uid=1000(app) gid=1000(app) groups=44(video) /srv/app",
                "app:video   | uid=1000(app) gid=44(video) /srv/app",
                "65532:65532 | uid=65532 gid=65532 /",
                "0:1000      | uid=0(root) gid=1000(app) /"
            })
    void the_user_is_looked_up_in_the_image(String user, String expected) throws Exception {
        String out = racker.run(
                        "run", "--rm", "--network=none", "-u", user, busybox, "sh", "-c", "echo $(id) $HOME; echo $$")
                .ok();

        assertEquals(expected + "\n1\n", out);
    }

    @ParameterizedTest
    @CsvSource({"nobody, user \"nobody\"", "app:nogroup, group \"nogroup\""})
    void a_name_that_the_image_does_not_know_is_refused(String user, String quoted) throws Exception {
        Result result = racker.run("run", "--rm", "--network=none", "-u", user, busybox, "id");

        assertEquals(125, result.status());
        assertTrue(result.err().contains(" as " + quoted + ", but the image has no such "), result.err());
    }

    @Test
    void a_number_that_a_user_namespace_does_not_have_is_refused() throws Exception {
        Result result = racker.run("run", "--rm", "--network=none", "-u", "65536", busybox, "id");

        assertEquals(125, result.status());
        assertTrue(result.err().contains("\nDo without the user namespace: --userns=host.\n"), result.err());
        assertEquals(
                "65536\n",
                racker.run("run", "--rm", "--network=none", "--userns=host", "-u", "65536", busybox, "id", "-u")
                        .ok());
    }

    @Test
    void a_directory_that_is_missing_is_made() throws Exception {
        assertEquals(
                "/srv/a/b\n",
                racker.run("run", "--rm", "--network=none", "-u", "app", "-w", "/srv/a/b", busybox, "pwd")
                        .ok());

        Result file = racker.run("run", "--rm", "--network=none", "-w", "/etc/passwd", busybox, "pwd");
        assertEquals(125, file.status());
        assertTrue(file.err().contains("cannot enter '/etc/passwd' in the machine"), file.err());
    }

    @Test
    void nothing_is_in_its_environment_but_what_was_asked_for() throws Exception {
        assertEquals(
                "HOSTNAME=box\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nA.B-C=d\nHOME=/\n",
                racker.run("run", "--rm", "--network=none", "--hostname=box", "-e", "A.B-C=d", busybox, "env")
                        .ok());
    }

    @Test
    void capabilities_are_dropped_although_a_user_is_taken_on() throws Exception {
        String[] status = {"grep", "-E", "^(Uid|CapInh|CapEff|CapBnd)", "/proc/self/status"};
        String user = String.join(
                "",
                racker.run(command("--cap-drop=ALL", "-u", "app", status)).ok().split("\\s+"));
        String root = String.join(
                "",
                racker.run(command("--cap-drop=ALL", "-u", "0", status)).ok().split("\\s+"));

        String none = "0000000000000000";
        assertEquals("Uid:1000100010001000CapInh:" + none + "CapEff:" + none + "CapBnd:" + none, user);
        assertEquals("Uid:0000CapInh:" + none + "CapEff:" + none + "CapBnd:" + none, root);
    }

    private String[] command(String option, String user, String id, String... program) {
        List<String> all = new ArrayList<>(List.of("run", "--rm", "--network=none", option, user, id, busybox));
        all.addAll(List.of(program));
        return all.toArray(new String[0]);
    }

    @Test
    void what_the_image_keeps_in_run_is_as_read_only_as_the_image() throws Exception {
        Result result = racker.run(
                "run", "--rm", "--network=none", "--read-only", busybox, "sh", "-c", "echo x >/run/app/x || exit 9");

        assertEquals(9, result.status(), result.toString());
    }

    @Test
    void what_the_image_keeps_in_run_and_tmp_is_there() throws Exception {
        assertEquals(
                "1000 /run/app\n/tmp/file\n",
                racker.run("run", "--rm", "--network=none", busybox, "stat", "-c", "%u %n", "/run/app")
                                .ok()
                        + racker.run("run", "--rm", "--network=none", busybox, "ls", "/tmp/file")
                                .ok());
    }
}

package dev.racker.postroj.plan;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {

    private static final String DIGEST = "0".repeat(64);

    @TempDir
    private Path directory;

    private Spec read(String yaml) throws IOException {
        return SpecReader.read(Files.writeString(directory.resolve("probe.yaml"), yaml));
    }

    @Test
    void everything_that_the_command_line_knows_can_be_in_the_file() throws IOException {
        Spec spec = read("""
                image: [debian-bookworm, "debian-*"]
                jobs: 2
                retries: 1
                fail-fast: true
                report-dir: out
                boot-timeout: 30
                package-timeout: 600
                unit-timeout: 10
                network-timeout: 5
                keep-on-failure: true
                shell-on-failure: false
                lifecycle: [install, remove]
                setup: mkdir /srv/x
                run: [systemctl start a, systemctl start b]
                with: tree
                allow-leftover: /var/www/**
                check-unit: [nginx, nginx=enabled]
                check-network:
                  - tcp://localhost:80
                  - url: http://localhost/x
                    http-status: 404
                    http-body: /not.*found/
                    http-header: ["Server: nginx"]
                    no-redirects: true
                    insecure: true
                check-file: /etc/nginx
                check-command:
                  - nginx -t
                  - command: nginx -v
                    status: 1
                    stdout: a
                    stderr: b
                check-journal:
                check-package: nginx=1.0
                check-failed-units: true
                package:
                  - nginx
                  - package: [./a.deb, ./b.deb]
                    upgrade-from: ./a-old.deb
                    check-unit: a
                  - package: https://example.org/c.deb
                    sha256: %s
                """.formatted(DIGEST));

        Treatment common = spec.treatment();
        assertAll(
                () -> assertEquals(List.of("debian-bookworm", "debian-*"), spec.images()),
                () -> assertEquals(new Spec.Run(2, 1, true, Path.of("out"), 30, 600, 10, 5, true, false), spec.run()),
                () -> assertEquals("install,remove", common.lifecycle()),
                () -> assertEquals(List.of("mkdir /srv/x"), common.setup()),
                () -> assertEquals(List.of("systemctl start a", "systemctl start b"), common.run()),
                () -> assertEquals(List.of("tree"), common.with()),
                () -> assertEquals(List.of("/var/www/**"), common.allowedLeftovers()),
                () -> assertEquals(
                        new Checks(
                                List.of("nginx", "nginx=enabled"),
                                List.of(
                                        NetworkCheck.of("tcp://localhost:80"),
                                        new NetworkCheck(
                                                "http://localhost/x",
                                                404,
                                                "/not.*found/",
                                                List.of("Server: nginx"),
                                                false,
                                                true)),
                                List.of("/etc/nginx"),
                                List.of(CommandCheck.of("nginx -t"), new CommandCheck("nginx -v", 1, "a", "b")),
                                List.of(""),
                                List.of("nginx=1.0"),
                                true),
                        common.checks()),
                () -> assertEquals(3, spec.packages().size()),
                () -> assertEquals(
                        List.of("./a.deb", "./b.deb"), spec.packages().get(1).packages()),
                () -> assertEquals(
                        List.of("./a-old.deb"),
                        spec.packages().get(1).treatment().upgradeFrom()),
                () -> assertEquals(
                        List.of("a"),
                        spec.packages().get(1).treatment().checks().units()),
                () -> assertEquals(DIGEST, spec.packages().get(2).sha256()));
    }

    @Test
    void an_answer_to_what_is_done_with_machines_rules_out_the_other_one_of_the_file() throws IOException {
        Spec.Run file = read("keep-on-failure: true\njobs: 3\n").run();

        Spec.Run asked = Spec.Run.none().after(null, true).over(file);
        Spec.Run silent = Spec.Run.none().after(null, null).over(file);

        assertAll(
                () -> assertNull(asked.keepOnFailure()),
                () -> assertEquals(true, asked.shellOnFailure()),
                () -> assertEquals(3, asked.jobs()),
                () -> assertEquals(true, silent.keepOnFailure()),
                () -> assertNull(silent.shellOnFailure()));
    }

    @Test
    void what_is_not_mentioned_is_left_to_others() throws IOException {
        Spec spec = read("image: debian-bookworm\n");

        assertAll(
                () -> assertNull(spec.packages()),
                () -> assertEquals(Spec.Run.none(), spec.run()),
                () -> assertEquals(Treatment.none(), spec.treatment()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "check-unti: nginx                               | line 1 the key \"check-unti\" is not known | check-unit",
                "image: x~jobs: many                             | line 2 \"jobs\" must be a number, not \"many\" |",
                "image: x~jobs: -1                               | line 2 \"jobs\" must be 1 or more |",
                "image: x~image: y                               | line 2 | twice",
                "image: x~fail-fast: perhaps                     | line 2 \"fail-fast\" must be true or false |",
                "package:~  - check-unit: x                      | line 2 \"package\" holds an entry without \"package\" |",
                "check-network:~  - http-status: 200             | line 2 | without \"url\"",
                "check-network:~  - url: x~    body: y           | line 3 the key \"body\" is not known | http-body",
                "image: []~check-unit: {a: b}                    | line 2 \"check-unit\" must be a text, not a mapping |",
                "image: \"\"                                     | line 1 \"image\" must not be empty |",
                "- image                                         | line 1 it holds no keys |",
                "image: [x                                       | no YAML |",
                "image: x~check-unit:~  - nginx~  - nginx=actve  | line 4: Tried to read the unit check \"nginx=actve\" | Did you mean active?",
                "image: x~check-network: gopher://x              | line 2: Tried to read the network check | gopher",
                "check-network:~  - url: tcp://x:1~    insecure: true | line 2: Tried to read the network check | only answers",
                "check-network:~  - url: http://x~    http-status: 99 | line 2: Tried to expect the HTTP status 99 |",
                "image: x~check-file: etc                        | line 2: Tried to read the file check |",
                "check-command:~  - command: x~    status: 256   | line 2: Tried to read the command check |",
                "image: x~check-journal: /(/                     | line 2: Tried to read the pattern |",
                "image: x~check-package: x=                      | line 2: Tried to read the package check |",
                "image: x~allow-leftover: var                    | line 2: Tried to read the pattern |",
                "image: x~lifecycle: [install, instal]           | line 2: Tried to read the lifecycle |",
                "image: x~package:~  - nginx~  - -x              | line 4: Tried to read the package '-x' |",
                "package:~  - package: x~    upgrade-from: x=    | line 3: Tried to read the package 'x=' |",
                "package:~  - package: x~    sha256: 12          | line 3: Tried to read the checksum \"12\" |",
                "image: x~---~image: y                           | second document |",
            })
    void what_cannot_be_understood_is_told_with_its_line(String yaml, String problem, String more) throws IOException {
        Files.writeString(directory.resolve("probe.yaml"), yaml.strip().replace('~', '\n') + "\n");

        UsageException failure =
                assertThrows(UsageException.class, () -> SpecReader.read(directory.resolve("probe.yaml")));

        String told = failure.getMessage() + " " + failure.hint().orElse("");
        assertAll(
                () -> assertTrue(told.contains("probe.yaml"), told),
                () -> assertTrue(told.contains(problem.strip()), told),
                () -> assertTrue(more == null || told.contains(more.strip()), told));
    }

    @ParameterizedTest
    @CsvSource({"''", "'# nothing\n'", "'{}'"})
    void an_empty_file_is_a_mistake(String yaml) throws IOException {
        Files.writeString(directory.resolve("probe.yaml"), yaml);

        UsageException failure =
                assertThrows(UsageException.class, () -> SpecReader.read(directory.resolve("probe.yaml")));

        assertTrue(failure.getMessage().contains("nothing in it"), failure.getMessage());
    }

    @Test
    void a_missing_file_is_told_as_such() {
        UsageException failure =
                assertThrows(UsageException.class, () -> SpecReader.read(directory.resolve("absent.yaml")));

        assertTrue(failure.getMessage().contains("absent.yaml, but there is no such file"), failure.getMessage());
    }
}

package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs is what docker would run. */
class PayloadPlanTest {

    @TempDir
    Path directory;

    private final RunOptions options = new RunOptions();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // entrypoint | cmd | --entrypoint | arguments | what runs
                "''     | ''       | -      | ''    | /bin/sh -l",
                "''     | nginx -g | -      | ''    | nginx -g",
                "''     | nginx -g | -      | ls -l | ls -l",
                "/entry | ''       | -      | ''    | /entry",
                "/entry | cmd arg  | -      | ''    | /entry cmd arg",
                "/entry | cmd arg  | -      | ls -l | /entry ls -l",
                "/entry | cmd arg  | /other | ''    | /other",
                "/entry | cmd arg  | /other | ls -l | /other ls -l",
                "/entry | cmd arg  | ''     | ls -l | ls -l",
                "/entry | cmd arg  | ''     | ''    | /bin/sh -l",
            })
    void entrypoint_and_cmd(String entrypoint, String cmd, String replaced, String arguments, String expected) {
        options.entrypoint.give(replaced);
        ImageConfig image = image(words(entrypoint), words(cmd), List.of(), "", "");

        assertEquals(words(expected), plan(image, Map.of()).arguments(words(arguments)));
    }

    @Test
    void options_win_over_files_over_the_image_over_the_defaults() throws IOException {
        options.environmentFiles.give(List.of(file("B=file\nC=file\nD=file\n")));
        options.environment.give(List.of("C=option", "D=option", "D=last"));
        ImageConfig image = image(List.of(), List.of(), List.of("PATH=/image", "A=image", "B=image"), "", "");

        assertEquals(
                List.of("PATH=/image", "HOME=/root", "A=image", "B=file", "C=option", "D=last"),
                plan(image, Map.of()).environment(false));
    }

    @Test
    void a_terminal_has_the_type_of_the_one_outside() {
        assertTrue(plan(ImageConfig.empty(), Map.of("TERM", "screen"))
                .environment(true)
                .contains("TERM=screen"));
        assertTrue(plan(ImageConfig.empty(), Map.of()).environment(true).contains("TERM=xterm"));
        assertFalse(plan(ImageConfig.empty(), Map.of("TERM", "screen"))
                .environment(false)
                .contains("TERM=screen"));
    }

    @Test
    void a_name_alone_passes_the_variable_on_or_takes_it_away() {
        options.environment.give(List.of("GIVEN", "MISSING", "EMPTY="));
        ImageConfig image = image(List.of(), List.of(), List.of("GIVEN=image", "MISSING=image", "EMPTY=image"), "", "");

        List<String> environment = plan(image, Map.of("GIVEN", "a = b ")).environment(false);

        assertTrue(environment.contains("GIVEN=a = b "), environment.toString());
        assertTrue(environment.contains("EMPTY="), environment.toString());
        assertFalse(environment.toString().contains("MISSING"), environment.toString());
    }

    @Test
    void a_file_of_variables_is_read_as_docker_reads_it() throws IOException {
        options.environmentFiles.give(List.of(file("""
                # a comment
                   # an indented one

                A=plain
                  B=leading blanks go
                C=  blanks and "quotes" stay\s
                D=a=b # no comment
                E=
                GIVEN
                MISSING
                """)));
        ImageConfig image = image(List.of(), List.of(), List.of("MISSING=image"), "", "");

        List<String> environment = plan(image, Map.of("GIVEN", "outside")).environment(false);

        assertEquals(
                List.of(
                        "MISSING=image",
                        "A=plain",
                        "B=leading blanks go",
                        "C=  blanks and \"quotes\" stay ",
                        "D=a=b # no comment",
                        "E=",
                        "GIVEN=outside"),
                environment.subList(2, environment.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=x", ""})
    void a_variable_without_a_name_is_quoted(String variable) {
        options.environment.give(List.of(variable));

        HarnessException failure = assertThrows(
                HarnessException.class,
                () -> plan(ImageConfig.empty(), Map.of()).unbootedEnvironment(false));

        assertTrue(failure.getMessage().contains("\"" + variable + "\" of --env"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A B=x", "1A=x", "A-B=x"})
    void a_name_that_systemd_does_not_take_is_refused_when_it_boots(String variable) {
        options.environment.give(List.of(variable));
        PayloadPlan plan = plan(ImageConfig.empty(), Map.of());

        HarnessException failure = assertThrows(HarnessException.class, () -> plan.environment(false));

        assertTrue(
                failure.getMessage().contains("\"" + variable.substring(0, variable.length() - 2) + "\""),
                failure.getMessage());
        assertTrue(plan.unbootedEnvironment(false).contains(variable));
    }

    @Test
    void what_is_not_booted_finds_its_home_by_itself() {
        assertEquals(
                List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                plan(ImageConfig.empty(), Map.of()).unbootedEnvironment(false));
    }

    @Test
    void a_missing_file_of_variables_is_named() {
        options.environmentFiles.give(List.of(directory.resolve("nope")));

        HarnessException failure = assertThrows(
                HarnessException.class,
                () -> plan(ImageConfig.empty(), Map.of()).environment(false));

        assertTrue(failure.getMessage().contains("nope, but there is no such file."), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'', -, '', '', true",
                "daemon, -, daemon, '', false",
                "daemon:adm, -, daemon, adm, false",
                "1000:1000, -, 1000, 1000, false",
                "daemon:adm, www-data, www-data, '', false",
                "daemon:adm, :adm, '', adm, true",
                "daemon, root, root, '', true",
                "daemon, 0:0, 0, 0, true"
            })
    void the_user_is_the_images_or_the_one_asked_for(
            String ofImage, String asked, String user, String group, boolean root) {
        options.user.give(asked);
        PayloadPlan plan = plan(image(List.of(), List.of(), List.of(), ofImage, ""), Map.of());

        assertEquals(user, plan.user());
        assertEquals(group, plan.group());
        assertEquals(root, plan.environment(false).contains("HOME=/root"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"'', -, /", "/srv, -, /srv", "/srv, /tmp, /tmp", "/srv, '', /"})
    void the_directory_is_the_images_or_the_one_asked_for(String ofImage, String asked, String expected) {
        options.directory.give(asked);

        assertEquals(
                expected,
                plan(image(List.of(), List.of(), List.of(), "", ofImage), Map.of())
                        .directory());
    }

    @Test
    void a_relative_directory_is_refused() {
        options.directory.give("srv");

        HarnessException failure = assertThrows(
                HarnessException.class,
                () -> plan(ImageConfig.empty(), Map.of()).directory());

        assertTrue(failure.getMessage().contains("\"srv\""), failure.getMessage());
    }

    private PayloadPlan plan(ImageConfig image, Map<String, String> host) {
        return new PayloadPlan(image, options, host);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("env"), text);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static ImageConfig image(
            List<String> entrypoint, List<String> cmd, List<String> env, String user, String directory) {
        return new ImageConfig(entrypoint, cmd, env, user, directory, "", Map.of(), List.of(), List.of());
    }
}

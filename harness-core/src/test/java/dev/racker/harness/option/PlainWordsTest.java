package dev.racker.harness.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainWordsTest {

    private static final class Shared extends Options {

        final Flag quiet = flag("-q, --quiet", "Say nothing.");
        final Values<Path> files = values(Path.class, "--file", "FILE", "Read this.");
    }

    private static final class Sample extends Options {

        final Flag all = flag("-a, --all", "Take all.");
        final Value<String> name = text("-n, --name", "NAME", "Name it.");
        final Value<Integer> number = value(Integer.class, "--number", "N", "So many.");
        final Values<String> variables = texts("-e, --env", "NAME=VALUE", "Set this.");
        final Value<String> colour = optional(String.class, "--colour", "WHEN", "always", "Colour it.");
        final Shared shared = include(new Shared());
        final Value<String> image = word("IMAGE", "What.");
        final Values<String> command = payload("COMMAND", 0, "And its arguments.");
    }

    private static Sample sample(String line) {
        Sample sample = new Sample();
        assertTrue(PlainWords.read(sample, List.of(line.split(" "))), line);
        return sample;
    }

    @Test
    void options_stand_before_the_first_word_and_everything_after_it_is_a_word() {
        Sample sample = sample("-a --name=x --env A=b -e C=d --number 3 image cmd -a --name y");

        assertTrue(sample.all.isSet());
        assertEquals("x", sample.name.given());
        assertEquals(List.of("A=b", "C=d"), sample.variables.list());
        assertEquals(3, sample.number.or(7));
        assertEquals("image", sample.image.given());
        assertEquals(List.of("cmd", "-a", "--name", "y"), sample.command.list());
    }

    @Test
    void short_options_stand_together_and_hold_their_values() {
        Sample sample = sample("-aq -nx -eA=b image");

        assertTrue(sample.all.isSet() && sample.shared.quiet.isSet());
        assertEquals("x", sample.name.given());
        assertEquals(List.of("A=b"), sample.variables.list());
    }

    @Test
    void what_is_included_is_read_too() {
        assertEquals(
                List.of(Path.of("a"), Path.of("b")),
                sample("--file a --file=b image").shared.files.list());
    }

    @Test
    void what_was_not_given_is_nothing() {
        Sample sample = sample("image");

        assertFalse(sample.all.isSet());
        assertNull(sample.name.given());
        assertEquals("other", sample.name.or("other"));
        assertEquals(List.of(), sample.variables.list());
        assertNull(sample.variables.given());
        assertFalse(sample.shared.areGiven());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nope image",
                "--help image",
                "-x image",
                "-ax image",
                "-an x image",
                "--name",
                "--name --all image",
                "--name a --name b image",
                "-a -a image",
                "--all=true image",
                "--number many image",
                "-n=x image",
                "--colour image",
                "-a",
                "-- image",
                "- image",
            })
    void what_needs_to_be_explained_is_not_plain(String line) {
        assertFalse(PlainWords.read(new Sample(), List.of(line.split(" "))), line);
    }

    @Test
    void an_option_between_words_is_not_plain() {
        assertEquals(List.of("a", "b"), plain("-q a b").names.list());
        assertFalse(PlainWords.read(new Named(), List.of("a", "-q", "b")));
        assertFalse(PlainWords.read(new Named(), List.of("a", "--", "b")));
    }

    private static final class Named extends Options {
        final Flag quiet = flag("-q", "Say nothing.");
        final Values<String> names = words("NAME", 1, "The names.");
    }

    private static Named plain(String line) {
        Named named = new Named();
        assertTrue(PlainWords.read(named, List.of(line.split(" "))), line);
        assertTrue(named.quiet.isSet());
        return named;
    }

    @Test
    void words_that_nobody_declared_are_not_plain() {
        assertFalse(PlainWords.read(new Shared(), List.of("word")));
        assertTrue(PlainWords.read(new Shared(), List.of("-q")));
    }
}

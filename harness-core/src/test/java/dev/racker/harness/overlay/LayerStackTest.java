package dev.racker.harness.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayerStackTest {

    private static final Path LAYERS = Path.of("/srv/state/layers");
    private static final Path CONTAINER = Path.of("/srv/state/ephemeral/x");

    @Test
    void the_kernel_wants_the_topmost_layer_first_and_names_are_relative() {
        assertEquals(
                "lowerdir=c:b:a,upperdir=../ephemeral/x/upper,workdir=../ephemeral/x/work",
                stack(false, "a", "b", "c").mountOptions());
        assertEquals(LAYERS, stack(false, "a", "b", "c").base());
    }

    @Test
    void what_is_thrown_away_need_not_reach_the_disk() {
        assertEquals(
                "lowerdir=a,upperdir=../ephemeral/x/upper,workdir=../ephemeral/x/work,volatile",
                stack(true, "a").mountOptions());
    }

    @Test
    void as_many_layers_as_images_may_have_fit() {
        assertTrue(stack(true, names(121)).mountOptions().length() < 4096);
    }

    @Test
    void more_than_the_kernel_takes_is_refused_with_the_number() {
        HarnessException failure = assertThrows(
                HarnessException.class, () -> stack(true, names(128)).mountOptions());

        assertTrue(failure.getMessage().contains("128 layers"), failure.getMessage());
    }

    @Test
    void nothing_below_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> stack(false));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj("%032x"::formatted).toArray(String[]::new);
    }

    private static LayerStack stack(boolean ephemeral, String... names) {
        List<Path> lower = java.util.Arrays.stream(names).map(LAYERS::resolve).toList();
        return new LayerStack(lower, CONTAINER.resolve("upper"), CONTAINER.resolve("work"), ephemeral, 524288);
    }
}

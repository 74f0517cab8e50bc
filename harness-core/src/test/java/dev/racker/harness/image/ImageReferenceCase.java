package dev.racker.harness.image;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** References to images, as users type them. */
abstract class ImageReferenceCase {

    static final String HEX = "0123456789abcdef".repeat(4);

    static RegistryReference registry(String text) {
        return assertInstanceOf(RegistryReference.class, ImageReference.parse(text));
    }

    static void assertProblem(String text, String problem) {
        InvalidReferenceException failure =
                assertThrows(InvalidReferenceException.class, () -> ImageReference.parse(text));
        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
    }
}

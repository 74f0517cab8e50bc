package dev.racker.harness.host;

/**
 * Something that a host offers or does not.
 *
 * @param available whether it can be used
 * @param detail one phrase that says why or how much, never empty
 */
public record Feature(boolean available, String detail) {

    static Feature present(String detail) {
        return new Feature(true, detail);
    }

    static Feature absent(String detail) {
        return new Feature(false, detail);
    }
}

package dev.racker.harness.image;

/**
 * An entry of the catalogue, by one of its labels: {@code debian-bookworm}.
 *
 * @param label the label as typed; the catalogue says what it stands for
 */
public record CuratedReference(String label) implements ImageReference {

    @Override
    public String toString() {
        return label;
    }
}

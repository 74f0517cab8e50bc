package dev.racker.harness.image;

import java.util.function.Predicate;

/**
 * What a user types to name an image.
 *
 * <p>{@code toString()} of each kind gives the canonical text, and parsing that text gives an equal reference.
 */
public sealed interface ImageReference
        permits RegistryReference,
                CuratedReference,
                OciLayoutReference,
                OciArchiveReference,
                DockerArchiveReference,
                DirectoryReference,
                TarballReference,
                TarballUrlReference,
                SquashfsReference,
                UntaggedReference {

    /**
     * Reads a reference; {@code sha256:} and all digits are an image of the store without name, and a text that a catalogue could hold as label is read as a registry's image.
     *
     * @throws InvalidReferenceException when the text is no reference
     */
    static ImageReference parse(String text) {
        return ReferenceParser.parse(text);
    }

    /**
     * Reads a reference, and takes what {@code isLabel} accepts for the label of a curated image.
     *
     * @throws InvalidReferenceException when the text is no reference
     */
    static ImageReference parse(String text, Predicate<String> isLabel) {
        return isLabel.test(text) ? new CuratedReference(text) : ReferenceParser.parse(text);
    }

    /** The same image named so that it is found from any working directory: paths become absolute. */
    default ImageReference absolute() {
        return this;
    }
}

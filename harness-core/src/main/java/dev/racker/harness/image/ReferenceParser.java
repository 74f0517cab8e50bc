package dev.racker.harness.image;

final class ReferenceParser {
    private ReferenceParser() {}

    static ImageReference parse(String text) {
        throw new InvalidReferenceException(text, "nothing is read yet", null);
    }

    static void check(String host, String repository, String tag) {}

    static boolean isScheme(String word) {
        return false;
    }

    static boolean looksLikeHost(String word) {
        return false;
    }
}

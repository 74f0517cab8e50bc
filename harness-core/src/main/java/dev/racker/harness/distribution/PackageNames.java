package dev.racker.harness.distribution;

/** What may be handed to a package manager as a name: nothing that it could read as an option, pattern or removal. */
final class PackageNames {

    static final String REMEDY = "Name a file (./foo.deb), an address (https://host/foo.rpm), a package of the"
            + " repositories (nginx), or one version of it (nginx=1.22.1-9).";

    private PackageNames() {}

    static void check(String name, String shown) {
        if (name.isEmpty()) {
            throw invalid(shown, "there is no name");
        }
        char first = name.charAt(0);
        if (!isLetterOrDigit(first) && first != '@' && first != '_') {
            throw invalid(shown, "it begins with '" + first + "'");
        }
        checkCharacters(name, "+._-:@", shown);
        if (name.endsWith("-")) {
            throw invalid(shown, "it ends with a dash, which asks apt to remove it");
        }
    }

    static void checkVersion(String version, String shown) {
        if (version.isEmpty()) {
            throw invalid(shown, "there is no version after '='");
        }
        if (!isLetterOrDigit(version.charAt(0))) {
            throw invalid(shown, "its version begins with '" + version.charAt(0) + "'");
        }
        checkCharacters(version, "+._-:~^", shown);
    }

    private static void checkCharacters(String text, String more, String shown) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && more.indexOf(c) < 0) {
                throw invalid(shown, Character.isWhitespace(c) ? "it holds a blank" : "it holds '" + c + "'");
            }
        }
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    static InvalidPackageException invalid(String text, String problem) {
        return new InvalidPackageException("Tried to read the package '" + text + "', but " + problem + ".", REMEDY);
    }
}

package dev.racker.harness.image;

import dev.racker.harness.error.HarnessException;

/**
 * What an image runs on, in the words of the OCI image specification (Go's GOOS and GOARCH).
 *
 * @param os {@code linux}
 * @param architecture {@code amd64}, {@code arm64}, {@code arm}, ...
 * @param variant {@code v7}, {@code v8}, ...; may be null
 */
public record Platform(String os, String architecture, String variant) {

    /** Checks that each part is one word. */
    public Platform {
        if (!isWord(os) || !isWord(architecture) || variant != null && !isWord(variant)) {
            throw invalid(os + "/" + architecture + (variant == null ? "" : "/" + variant));
        }
    }

    /**
     * Reads {@code linux/arm64/v8}, {@code linux/amd64}, or an architecture alone; the kernel's names
     * ({@code x86_64}, {@code aarch64}) are taken too.
     *
     * @throws HarnessException when the text is no platform
     */
    public static Platform parse(String text) {
        int first = text.indexOf('/');
        if (first < 0) {
            if (!isWord(text) || text.equals("linux")) {
                throw invalid(text);
            }
            return new Platform("linux", normalized(text), variantOf(text));
        }
        String os = text.substring(0, first);
        int second = text.indexOf('/', first + 1);
        String architecture = second < 0 ? text.substring(first + 1) : text.substring(first + 1, second);
        String variant = second < 0 ? variantOf(architecture) : text.substring(second + 1);
        if (!isWord(os) || !isWord(architecture) || second >= 0 && !isWord(variant)) {
            throw invalid(text);
        }
        return new Platform(os, normalized(architecture), variant);
    }

    /** The platform that this Java machine runs on. */
    public static Platform host() {
        String architecture = System.getProperty("os.arch");
        return new Platform("linux", normalized(architecture), variantOf(architecture));
    }

    /** Says whether images of {@code other} run here as they are: same system and architecture, no other variant. */
    public boolean accepts(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (variant == null || other.variant == null || variant.equals(other.variant));
    }

    private static String normalized(String architecture) {
        return switch (architecture) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            case "armhf", "armv7l", "armel", "armv6l" -> "arm";
            case "i386", "i486", "i586", "i686", "x86" -> "386";
            default -> architecture;
        };
    }

    private static String variantOf(String architecture) {
        return switch (architecture) {
            case "armhf", "armv7l" -> "v7";
            case "armel", "armv6l" -> "v6";
            default -> null;
        };
    }

    private static boolean isWord(String part) {
        if (part == null || part.isEmpty()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || (c == '-' || c == '_' || c == '.') && i > 0)) {
                return false;
            }
        }
        return true;
    }

    private static HarnessException invalid(String text) {
        return new HarnessException(
                "Tried to read the platform '" + text + "', but it is not of the form OS/ARCHITECTURE[/VARIANT].",
                "Write it like linux/amd64 or linux/arm64/v8, in lower case.");
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}

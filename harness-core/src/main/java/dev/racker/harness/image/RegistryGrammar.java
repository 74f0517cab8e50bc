package dev.racker.harness.image;

/**
 * The grammar of docker's references, in the words of {@code github.com/distribution/reference}.
 *
 * <pre>
 * reference := name [ ":" tag ] [ "@" digest ]        name := [ host "/" ] component { "/" component }
 * component := word { separator word }                 separator := "." | "_" | "__" | "-" { "-" }
 * word := ( a-z | 0-9 ) { a-z | 0-9 }                  tag := ( letter | digit | "_" ) { ... | "." | "-" }, at most 128
 * </pre>
 */
final class RegistryGrammar {

    private static final String LEGACY_HUB = "index.docker.io";
    private static final int MOST_REPOSITORY = 255;
    private static final int MOST_TAG = 128;
    private static final int IDENTIFIER = 64;

    private RegistryGrammar() {}

    /** Reads {@code text}; {@code input} is what the user typed, for the messages. */
    static RegistryReference parse(String input, String text) {
        rejectSpace(input, text);
        if (text.length() == IDENTIFIER && isHex(text)) {
            throw new InvalidReferenceException(
                    input,
                    "64 hexadecimal digits are an id and not a name",
                    "Name the image, and its digest after it: NAME@sha256:" + text.substring(0, 8) + "...");
        }
        int at = text.indexOf('@');
        String named = at < 0 ? text : text.substring(0, at);
        Digest digest = at < 0 ? null : digest(input, text.substring(at + 1));
        int slash = named.indexOf('/');
        boolean hasHost = slash >= 0 && looksLikeHost(named.substring(0, slash));
        String host = hasHost ? named.substring(0, slash) : RegistryReference.DOCKER_HUB;
        String remote = hasHost ? named.substring(slash + 1) : named;
        int colon = remote.indexOf(':');
        String repository = colon < 0 ? remote : remote.substring(0, colon);
        String tag = colon < 0 ? null : remote.substring(colon + 1);
        if (tag == null && digest == null) {
            tag = RegistryReference.DEFAULT_TAG;
        }
        check(input, host, repository, tag);
        return new RegistryReference(host, repository, tag, digest);
    }

    /** Docker's rule for the part before the first slash: a dot, a colon, an upper-case letter, or localhost. */
    static boolean looksLikeHost(String part) {
        if (part.equals("localhost")) {
            return true;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '.' || c == ':' || Character.isUpperCase(c)) {
                return true;
            }
        }
        return false;
    }

    static String normalizedHost(String host) {
        return host.equals(LEGACY_HUB) ? RegistryReference.DOCKER_HUB : host;
    }

    static String normalizedRepository(String host, String repository) {
        boolean official = host.equals(RegistryReference.DOCKER_HUB) && repository.indexOf('/') < 0;
        return official ? RegistryReference.OFFICIAL + repository : repository;
    }

    static void check(String input, String host, String repository, String tag) {
        checkHost(input, host);
        checkRepository(input, repository, normalizedRepository(normalizedHost(host), repository));
        if (tag != null) {
            checkTag(input, tag);
        }
    }

    private static void rejectSpace(String input, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i)) || Character.isSpaceChar(text.charAt(i))) {
                throw new InvalidReferenceException(
                        input, "it holds a space", "Remove the space; quote arguments one by one.");
            }
        }
        if (text.isEmpty()) {
            throw new InvalidReferenceException(
                    input, "it names no repository", "Name an image, like debian:bookworm-slim.");
        }
    }

    private static Digest digest(String input, String text) {
        int colon = text.indexOf(':');
        String problem = colon < 0
                ? "it names no algorithm"
                : Digest.problem(text.substring(0, colon), text.substring(colon + 1));
        if (problem != null) {
            throw new InvalidReferenceException(
                    input,
                    "its digest '" + InvalidReferenceException.printable(text) + "' is wrong: " + problem,
                    "Write the digest as sha256: and 64 lower-case hexadecimal digits.");
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    private static void checkRepository(String input, String repository, String whole) {
        if (repository.isEmpty()) {
            throw new InvalidReferenceException(
                    input, "it names no repository", "Name an image, like debian:bookworm-slim.");
        }
        if (whole.length() > MOST_REPOSITORY) {
            throw new InvalidReferenceException(
                    input,
                    "its repository name is " + whole.length() + " characters long, and " + MOST_REPOSITORY
                            + " are the most",
                    "Shorten the name.");
        }
        for (int i = 0; i < repository.length(); i++) {
            if (Character.isUpperCase(repository.charAt(i))) {
                throw new InvalidReferenceException(
                        input,
                        "the repository name '" + repository + "' holds upper-case letters",
                        "Write it in lower case: '" + repository.toLowerCase(java.util.Locale.ROOT) + "'.");
            }
        }
        int start = 0;
        while (start <= repository.length()) {
            int slash = repository.indexOf('/', start);
            int end = slash < 0 ? repository.length() : slash;
            checkComponent(input, repository, start, end);
            start = end + 1;
        }
    }

    private static void checkComponent(String input, String repository, int start, int end) {
        if (start == end) {
            throw new InvalidReferenceException(
                    input,
                    "a part of its repository name '" + repository + "' is empty",
                    "Put one slash between the parts, and none at the end.");
        }
        int position = start;
        while (position < end) {
            char c = repository.charAt(position);
            if (isWord(c)) {
                position++;
                continue;
            }
            if (c != '.' && c != '_' && c != '-') {
                throw new InvalidReferenceException(
                        input,
                        "'" + c + "' is not allowed in the repository name '" + repository + "'",
                        "Use lower-case letters, digits, and . _ - between them.");
            }
            int after = position;
            while (after < end && repository.charAt(after) == c) {
                after++;
            }
            int most = c == '.' ? 1 : c == '_' ? 2 : Integer.MAX_VALUE;
            if (position == start || after == end || after - position > most || !isWord(repository.charAt(after))) {
                throw new InvalidReferenceException(
                        input,
                        "'" + repository.substring(position, after)
                                + "' stands in a wrong place in the repository name '" + repository + "'",
                        "Put one . or _, two _, or any number of - between letters or digits.");
            }
            position = after;
        }
    }

    private static void checkTag(String input, String tag) {
        if (tag.isEmpty()) {
            throw new InvalidReferenceException(
                    input, "its tag is empty", "Write the tag after the colon, or remove the colon.");
        }
        if (tag.length() > MOST_TAG) {
            throw new InvalidReferenceException(
                    input,
                    "its tag is " + tag.length() + " characters long, and " + MOST_TAG + " are the most",
                    "Shorten the tag.");
        }
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if (!isWord(c) && !(c >= 'A' && c <= 'Z') && c != '_' && (i == 0 || c != '.' && c != '-')) {
                throw new InvalidReferenceException(
                        input,
                        "'" + c + "' is not allowed " + (i == 0 ? "at the start of" : "in") + " its tag '" + tag + "'",
                        "Use letters, digits and _ . - in a tag, and start it with none of . and -.");
            }
        }
    }

    private static void checkHost(String input, String host) {
        boolean bracketed = host.startsWith("[");
        int close = bracketed ? host.indexOf(']') : -1;
        int colon = host.indexOf(':', bracketed ? Math.max(close, 0) : 0);
        int end = colon < 0 ? host.length() : colon;
        boolean valid = looksLikeHost(host)
                && (bracketed ? close == end - 1 && isAddress(host, close) : isDomain(host, end))
                && (colon < 0 || isPort(host, colon + 1));
        if (!valid) {
            throw new InvalidReferenceException(
                    input,
                    "'" + host + "' is no registry host",
                    "Write the host like registry.example.org, localhost:5000 or [::1]:5000.");
        }
    }

    private static boolean isAddress(String host, int close) {
        for (int i = 1; i < close; i++) {
            char c = host.charAt(i);
            if (c != ':' && !isHexDigit(c) && !(c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return close > 1;
    }

    private static boolean isDomain(String host, int end) {
        boolean inWord = false;
        for (int i = 0; i < end; i++) {
            char c = host.charAt(i);
            if (isWord(c) || c >= 'A' && c <= 'Z') {
                inWord = true;
            } else if (!inWord || c != '-' && c != '.' || c == '.' && host.charAt(i - 1) == '-') {
                return false;
            } else if (c == '.') {
                inWord = false;
            }
        }
        return inWord && host.charAt(end - 1) != '-';
    }

    private static boolean isPort(String host, int start) {
        for (int i = start; i < host.length(); i++) {
            if (host.charAt(i) < '0' || host.charAt(i) > '9') {
                return false;
            }
        }
        return start < host.length();
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}

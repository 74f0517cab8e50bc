package dev.racker.harness.evidence;

/**
 * A pattern of paths, or of the names of users or groups.
 *
 * <p>{@code *} stands for anything within one name, {@code ?} for one character of it, {@code **} as a whole name for
 * any number of names. A pattern that matches a directory matches everything below it, too.
 *
 * <p>{@code user:NAME} and {@code group:NAME} match accounts and no paths.
 */
public final class PathGlob {

    private static final String ANY_DEPTH = "**";

    private final String text;
    private final String account;
    private final String[] names;

    private PathGlob(String text, String account, String[] names) {
        this.text = text;
        this.account = account;
        this.names = names;
    }

    /**
     * Reads a pattern.
     *
     * @throws InvalidGlobException when it is neither absolute nor about an account
     */
    public static PathGlob parse(String text) {
        for (String account : new String[] {"user", "group"}) {
            if (text.startsWith(account + ":")) {
                String name = text.substring(account.length() + 1);
                if (name.isEmpty()) {
                    throw new InvalidGlobException(text, "it names no " + account);
                }
                return new PathGlob(text, account, new String[] {name});
            }
        }
        if (!text.startsWith("/") && !text.startsWith(ANY_DEPTH + "/")) {
            throw new InvalidGlobException(text, "it is no absolute path");
        }
        String[] names = split(text);
        if (names.length == 0) {
            throw new InvalidGlobException(text, "it stands for everything");
        }
        return new PathGlob(text, "", names);
    }

    /** The names of a path. */
    static String[] split(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return start == path.length() ? new String[0] : path.substring(start).split("/+");
    }

    /** Says whether it matches a path or a directory above it. */
    public boolean matches(String path) {
        return covers(split(path));
    }

    boolean covers(String[] path) {
        return account.isEmpty() && match(0, path, 0, false);
    }

    /** Says whether it matches exactly this path, and not only something above it. */
    boolean is(String[] path) {
        return account.isEmpty() && match(0, path, 0, true);
    }

    /** Says whether it matches a user or a group. */
    boolean matchesAccount(LeftoverKind kind, String name) {
        return account.equals(kind.words()) && matchesName(names[0], name);
    }

    private boolean match(int at, String[] path, int position, boolean whole) {
        if (at == names.length) {
            return !whole || position == path.length;
        }
        if (names[at].equals(ANY_DEPTH)) {
            for (int next = position; next <= path.length; next++) {
                if (match(at + 1, path, next, whole)) {
                    return true;
                }
            }
            return false;
        }
        return position < path.length
                && matchesName(names[at], path[position])
                && match(at + 1, path, position + 1, whole);
    }

    private static boolean matchesName(String glob, String name) {
        int star = -1;
        int retry = 0;
        int g = 0;
        int n = 0;
        while (n < name.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                retry = n;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == name.charAt(n))) {
                g++;
                n++;
            } else if (star >= 0) {
                g = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathGlob glob && glob.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}

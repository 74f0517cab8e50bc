package dev.racker.harness.acquire;

import dev.racker.harness.acquire.RegistryException.Kind;

/**
 * What skopeo's last words mean. The texts are those of containers/image and of Go's net, tls and x509 packages; those
 * packages have kept them for years, and skopeo 1.9 to 1.18 print them alike.
 *
 * @param kind why it failed
 * @param reason the innermost cause, in the words of skopeo
 */
record SkopeoFailure(Kind kind, String reason) {

    private static final String[] UNREACHABLE = {
        "no such host",
        "server misbehaving",
        "temporary failure in name resolution",
        "no route to host",
        "network is unreachable",
        "host is down",
        "connection refused",
        "connection timed out",
        "i/o timeout",
        "tls handshake timeout",
        "client.timeout exceeded",
        "proxyconnect tcp: dial tcp"
    };
    private static final String[] TLS = {
        "x509: ",
        "tls: ",
        "server gave http response to https client",
        "first record does not look like a tls handshake",
        "malformed http response"
    };
    private static final String[] PLATFORM = {
        "no image found in image index for",
        "no image found in manifest list for",
        "choosing an image from manifest list"
    };
    private static final String[] UNAUTHORIZED = {
        "unauthorized: ",
        "authentication required",
        "access to the resource is denied",
        "access to the requested resource is not authorized",
        "invalid username/password",
        "denied: ",
        "registry 401 ",
        "registry 403 ",
        "403 (forbidden)",
        "401 (unauthorized)",
        "statuscode: 401",
        "statuscode: 403"
    };
    private static final String[] NOT_FOUND = {
        "manifest unknown",
        "name unknown",
        "repository name not known",
        "no descriptor found for reference",
        "404 (not found)",
        "status 404",
        "statuscode: 404"
    };

    /** Reads what skopeo wrote to standard error when it failed. */
    static SkopeoFailure of(String stderr) {
        String message = lastMessage(stderr);
        return new SkopeoFailure(kindOf(message), reasonOf(message));
    }

    private static Kind kindOf(String message) {
        String text = message.toLowerCase(java.util.Locale.ROOT);
        boolean pinging = text.contains("pinging container registry");
        // A deadline that passes inside a request means silence; outside of one, skopeo was waiting to try again after
        // an
        // answer such as "429 too many requests".
        if (holdsOne(text, UNREACHABLE) || text.contains("\": context deadline exceeded")) {
            return Kind.UNREACHABLE;
        }
        if (pinging && (text.endsWith(": eof") || text.contains("connection reset by peer"))) {
            return Kind.UNREACHABLE;
        }
        if (holdsOne(text, TLS)) {
            return Kind.TLS;
        }
        if (holdsOne(text, PLATFORM)) {
            return Kind.PLATFORM_MISSING;
        }
        if (holdsOne(text, NOT_FOUND)) {
            return Kind.NOT_FOUND;
        }
        return holdsOne(text, UNAUTHORIZED) ? Kind.UNAUTHORIZED : Kind.OTHER;
    }

    private static boolean holdsOne(String text, String[] words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** The text of the last line, out of logrus's {@code level=fatal msg="..."} or {@code FATA[0000] ...}. */
    static String lastMessage(String stderr) {
        String[] lines = stderr.strip().split("\n");
        String line = lines[lines.length - 1].strip();
        int start = line.indexOf(" msg=\"");
        if (start >= 0 && line.endsWith("\"")) {
            return unescaped(line.substring(start + 6, line.length() - 1)).strip();
        }
        if (line.startsWith("FATA[") && line.indexOf(']') > 0) {
            return line.substring(line.indexOf(']') + 1).strip();
        }
        return line;
    }

    private static String unescaped(String quoted) {
        return quoted.replace("\\n", "\n")
                .replace("\\t", " ")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\");
    }

    private static final String[] PREFIXES = {
        "Error parsing image name ",
        "Error initializing source ",
        "initializing source ",
        "Error determining manifest ",
    };

    /** Drops what the message of the caller says anyway: the name of the image. */
    private static String reasonOf(String message) {
        String reason = message;
        for (String prefix : PREFIXES) {
            int end = reason.startsWith(prefix) ? reason.indexOf(": ", reason.indexOf("//") + 1) : -1;
            if (end > 0) {
                reason = reason.substring(end + 2);
            }
        }
        int dial = reason.indexOf("dial tcp");
        if (dial >= 0) {
            int lastColon = reason.lastIndexOf(": ");
            reason = lastColon > dial ? reason.substring(lastColon + 2) : reason;
        }
        if (reason.endsWith("context deadline exceeded")) {
            reason = "no answer in time";
        }
        return reason.replace("\n", " ").strip();
    }
}

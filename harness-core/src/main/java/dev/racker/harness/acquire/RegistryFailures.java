package dev.racker.harness.acquire;

import dev.racker.harness.acquire.RegistryException.Kind;
import dev.racker.harness.image.RegistryReference;
import java.util.List;

/** Turns skopeo's failures into sentences with a remedy. */
final class RegistryFailures {

    private static final String TRANSPORT = "docker://";

    /** More labels than these are no help. */
    private static final int MOST_LABELS = 3;

    private RegistryFailures() {}

    /** The failure of a source such as {@code docker://docker.io/library/debian:12} or {@code oci:dir:tag}. */
    static RegistryException of(String source, String stderr) {
        SkopeoFailure failure = SkopeoFailure.of(stderr);
        boolean registry = source.startsWith(TRANSPORT);
        if (isFull(failure.reason())) {
            return full(source, failure.reason());
        }
        String name = registry ? source.substring(TRANSPORT.length()) : source;
        if (isDamaged(failure.reason())) {
            return damaged(name, failure.reason());
        }
        String host = registry ? name.substring(0, Math.max(0, name.indexOf('/'))) : "";
        return new RegistryException(
                failure.kind(), failure.reason(), message(failure, name, host), hint(failure, name, host), null);
    }

    /** The failure to send an image to a place such as {@code docker://localhost:5000/app:1} or {@code oci:dir}. */
    static RegistryException ofPush(String destination, String stderr) {
        SkopeoFailure failure = SkopeoFailure.of(stderr);
        boolean registry = destination.startsWith(TRANSPORT);
        String name = registry ? destination.substring(TRANSPORT.length()) : destination;
        String host = registry ? name.substring(0, Math.max(0, name.indexOf('/'))) : "";
        String problem = isFull(failure.reason())
                ? "the disk is full (" + failure.reason() + ")"
                : switch (failure.kind()) {
                    case UNAUTHORIZED ->
                        "the registry " + host + " wants a login that may write there (" + failure.reason() + ")";
                    case NOT_FOUND -> "the registry " + host + " does not take it (" + failure.reason() + ")";
                    default -> problem(failure, host);
                };
        String hint = failure.kind() == Kind.UNAUTHORIZED
                ? "Log in with `racker login " + host + "`, or give --creds USER:PASSWORD."
                : failure.kind() == Kind.OTHER && host.isEmpty()
                        ? "Check that it can be written and holds no other image."
                        : hint(failure, name, host);
        return new RegistryException(
                failure.kind(), failure.reason(), "Tried to push to " + name + ", but " + problem + ".", hint, null);
    }

    /** The failure to log in at a registry. */
    static RegistryException ofLogin(String host, String stderr) {
        SkopeoFailure failure = SkopeoFailure.of(stderr);
        boolean refused = failure.kind() == Kind.UNAUTHORIZED;
        return new RegistryException(
                failure.kind(),
                failure.reason(),
                "Tried to log in at " + host + ", but "
                        + (refused ? "user name or password is wrong" : problem(failure, host)) + ".",
                refused
                        ? "Check both; some registries want a token in place of the password."
                        : hint(failure, host, host),
                null);
    }

    static RegistryException platformMissing(String name, String wanted, String offered) {
        return new RegistryException(
                Kind.PLATFORM_MISSING,
                "",
                "Tried to get " + name + " for " + wanted + ", but it exists only for " + offered + ".",
                "Choose one of them with --platform.",
                null);
    }

    static RegistryException stalled(String name, long seconds) {
        return new RegistryException(
                Kind.OTHER,
                "",
                "Tried to get " + name + ", but nothing has arrived for " + seconds + " seconds.",
                "Try again; what has arrived whole is kept.",
                null);
    }

    static boolean isFull(String reason) {
        return reason.contains("no space left on device") || reason.contains("disk quota exceeded");
    }

    static RegistryException full(String name, String reason) {
        return new RegistryException(
                Kind.OTHER,
                reason,
                "Tried to store " + name + ", but the disk is full (" + reason + ").",
                "Free some space, for example with `racker rmi`, or set RACKER_STATE_DIR to a larger disk.",
                null);
    }

    /** A blob is not what its digest says: somewhere on the way, or where it is kept, it was changed. */
    static boolean isDamaged(String reason) {
        return reason.contains("Digest did not match");
    }

    static RegistryException damaged(String name, String reason) {
        return new RegistryException(
                Kind.OTHER,
                reason,
                "Tried to get " + name + ", but a part of it is damaged (" + reason + ").",
                "Pull it again; when that does not help, it is damaged where it is kept, and has to be put there again.",
                null);
    }

    /** A label with a mistake in it was read as the name of an image in a registry. */
    static RegistryException perhapsLabel(
            RegistryException failure, RegistryReference reference, CuratedReleases releases) {
        String name = reference.familiarName();
        if (name.indexOf('-') < 0
                || name.indexOf('/') >= 0
                || !reference.familiar().equals(name + ":latest")) {
            return failure;
        }
        List<String> near = releases.similar(name);
        return near.isEmpty() || near.size() > MOST_LABELS
                ? failure
                : failure.withHint("Did you mean " + String.join(" or ", near) + "? "
                        + failure.hint().orElse(""));
    }

    static RegistryException interrupted(String name, Throwable cause) {
        return new RegistryException(
                Kind.OTHER, "", "Tried to get " + name + ", but was interrupted.", "Do the same again.", cause);
    }

    private static String message(SkopeoFailure failure, String name, String host) {
        String reason = failure.reason();
        return "Tried to get " + name + ", but "
                + switch (failure.kind()) {
                    case UNAUTHORIZED -> "the registry " + host + " wants a login that may read it (" + reason + ").";
                    case NOT_FOUND -> "the registry " + host + " has no such image (" + reason + ").";
                    case PLATFORM_MISSING -> "it does not exist for this platform (" + reason + ").";
                    default -> problem(failure, host) + ".";
                };
    }

    private static String problem(SkopeoFailure failure, String host) {
        String reason = failure.reason();
        return switch (failure.kind()) {
            case UNREACHABLE -> "the registry " + host + " cannot be reached (" + reason + ")";
            case TLS -> "no trusted connection to " + host + " could be made (" + reason + ")";
            default -> host.isEmpty() ? reason : "the registry " + host + " failed (" + reason + ")";
        };
    }

    private static String hint(SkopeoFailure failure, String name, String host) {
        return switch (failure.kind()) {
            case UNREACHABLE ->
                "Check the name, the network and the proxy; `skopeo inspect --raw docker://" + name
                        + "` tries the same.";
            case UNAUTHORIZED ->
                "Give --creds USER:PASSWORD or --authfile FILE, or log in once with `racker login " + host
                        + "`. Registries answer like this for names that do not exist, too.";
            case NOT_FOUND ->
                failure.reason().contains("pinging")
                        ? "Check the host: what answers there is not a registry."
                        : "Check the name and the tag.";
            case PLATFORM_MISSING -> "Choose another with --platform.";
            case TLS ->
                failure.reason().contains("HTTP response to HTTPS")
                        ? "It speaks plain HTTP; when that is meant, use --tls-verify=false."
                        : "Give its certificate with --cert-dir DIR, or use --tls-verify=false where nobody can listen.";
            case OTHER ->
                failure.reason().contains("reading JSON file")
                        ? "Check the file of log-ins: that of --authfile, or write a new one with `racker login " + host
                                + "`."
                        : host.isEmpty() ? "Check that it is what its prefix says." : "Try again later.";
        };
    }
}

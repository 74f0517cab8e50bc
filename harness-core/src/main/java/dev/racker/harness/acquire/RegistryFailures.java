package dev.racker.harness.acquire;

import dev.racker.harness.acquire.RegistryException.Kind;

/** Turns skopeo's failures into sentences with a remedy. */
final class RegistryFailures {

    private static final String TRANSPORT = "docker://";

    private RegistryFailures() {}

    /** The failure of a source such as {@code docker://docker.io/library/debian:12} or {@code oci:dir:tag}. */
    static RegistryException of(String source, String stderr) {
        SkopeoFailure failure = SkopeoFailure.of(stderr);
        boolean registry = source.startsWith(TRANSPORT);
        if (isFull(failure.reason())) {
            return full(source, failure.reason());
        }
        String name = registry ? source.substring(TRANSPORT.length()) : source;
        String host = registry ? name.substring(0, Math.max(0, name.indexOf('/'))) : "";
        return new RegistryException(
                failure.kind(), failure.reason(), message(failure, name, host), hint(failure, name, host), null);
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

    static RegistryException interrupted(String name, Throwable cause) {
        return new RegistryException(
                Kind.OTHER, "", "Tried to get " + name + ", but was interrupted.", "Do the same again.", cause);
    }

    private static String message(SkopeoFailure failure, String name, String host) {
        String reason = failure.reason();
        return "Tried to get " + name + ", but "
                + switch (failure.kind()) {
                    case UNREACHABLE -> "the registry " + host + " cannot be reached (" + reason + ").";
                    case UNAUTHORIZED -> "the registry " + host + " wants a login that may read it (" + reason + ").";
                    case NOT_FOUND -> "the registry " + host + " has no such image (" + reason + ").";
                    case PLATFORM_MISSING -> "it does not exist for this platform (" + reason + ").";
                    case TLS -> "no trusted connection to " + host + " could be made (" + reason + ").";
                    case OTHER -> host.isEmpty() ? reason + "." : "the registry " + host + " failed (" + reason + ").";
                };
    }

    private static String hint(SkopeoFailure failure, String name, String host) {
        return switch (failure.kind()) {
            case UNREACHABLE ->
                "Check the name, the network and the proxy; `skopeo inspect --raw docker://" + name
                        + "` tries the same.";
            case UNAUTHORIZED ->
                "Give --creds USER:PASSWORD or --authfile FILE, or log in once with `skopeo login " + host
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
            case OTHER -> host.isEmpty() ? "Check that it is what its prefix says." : "Try again later.";
        };
    }
}

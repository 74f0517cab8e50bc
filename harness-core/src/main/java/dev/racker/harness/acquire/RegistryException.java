package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;

/** A registry did not give what it was asked for. */
public final class RegistryException extends HarnessException {

    private static final long serialVersionUID = 1L;

    /** Why a registry did not give what it was asked for. */
    public enum Kind {
        /** Its name does not resolve, there is no route, nobody listens, or nobody answers in time. */
        UNREACHABLE,
        /** It wants a login, or the login may not read this. */
        UNAUTHORIZED,
        /** It has no such repository, tag or digest. */
        NOT_FOUND,
        /** It has the image, but not for the platform asked for. */
        PLATFORM_MISSING,
        /** Its certificate is not trusted, or one side speaks plain HTTP and the other TLS. */
        TLS,
        /** Anything else: it is broken, or we are. */
        OTHER
    }

    private final Kind kind;
    private final String reason;

    RegistryException(Kind kind, String reason, String message, String hint, Throwable cause) {
        super(message, hint, cause);
        this.kind = kind;
        this.reason = reason;
    }

    /** The same with another remedy. */
    RegistryException withHint(String hint) {
        return new RegistryException(kind, reason, getMessage(), hint, this);
    }

    /** The innermost cause in a few words: {@code no such host}; empty when the message says it all. */
    public String reason() {
        return reason;
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }

    /** Says whether the registry could not be reached at all; only then may an image come from elsewhere. */
    public boolean isUnreachable() {
        return kind == Kind.UNREACHABLE;
    }
}

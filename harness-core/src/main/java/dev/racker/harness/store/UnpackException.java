package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;

/** An archive could not be unpacked: it is damaged, hostile, or holds what this host cannot store. */
public final class UnpackException extends HarnessException {

    private static final long serialVersionUID = 1L;

    private final boolean archiveAtFault;

    /** Creates a failure with its message, a remedy (may be null) and a cause (may be null). */
    public UnpackException(String message, String hint, Throwable cause) {
        this(message, hint, cause, false);
    }

    private UnpackException(String message, String hint, Throwable cause, boolean archiveAtFault) {
        super(message, hint, cause);
        this.archiveAtFault = archiveAtFault;
    }

    /** Whether the bytes of the archive are the reason, so that its source may know a better one: a wrong digest. */
    boolean archiveAtFault() {
        return archiveAtFault;
    }

    static UnpackException entry(String name, String problem, String hint) {
        return new UnpackException(
                "Tried to unpack " + RawText.display(name) + ", but " + problem + ".", hint, null, true);
    }

    static UnpackException damaged(String problem, Throwable cause) {
        return new UnpackException(
                "Tried to read a tar archive, but " + problem + ".",
                "Fetch or make the archive again, and check that it is a tar archive.",
                cause,
                true);
    }
}

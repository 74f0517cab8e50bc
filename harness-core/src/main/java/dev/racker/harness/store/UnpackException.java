package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Path;

/** An archive could not be unpacked: it is damaged, hostile, or holds what this host cannot store. */
public final class UnpackException extends HarnessException {

    private static final long serialVersionUID = 1L;

    /** Where the archive is named; no name holds such a character. */
    private static final String SOURCE = "\0";

    /** The end of a message that can name the archive; null for others. */
    private final String about;

    private final boolean archiveAtFault;

    /** Creates a failure with its message, a remedy (may be null) and a cause (may be null). */
    public UnpackException(String message, String hint, Throwable cause) {
        super(message, hint, cause);
        this.about = null;
        this.archiveAtFault = false;
    }

    private UnpackException(
            String head, String archive, String tail, String hint, Throwable cause, boolean archiveAtFault) {
        super(head + archive + tail, hint, cause);
        this.about = head + (archive.isEmpty() ? " of " : "") + SOURCE + tail;
        this.archiveAtFault = archiveAtFault;
    }

    /** The message with the name of what was to be unpacked. */
    public String about(String source) {
        return about == null
                ? "Tried to unpack " + source + ", but it failed: " + getMessage()
                : about.replace(SOURCE, source);
    }

    /** Whether the bytes of the archive are the reason, so that its source may know a better one: a wrong digest. */
    boolean archiveAtFault() {
        return archiveAtFault;
    }

    static UnpackException entry(String name, String problem, String hint) {
        return new UnpackException(
                "Tried to unpack " + RawText.display(name), "", ", but " + problem + ".", hint, null, true);
    }

    static UnpackException damaged(String problem, Throwable cause) {
        return new UnpackException(
                "Tried to read ",
                "a tar archive",
                ", but " + problem + ".",
                "Fetch or make the archive again, and check that it is a tar archive.",
                cause,
                true);
    }

    /** What tar(1) said while it wrote; a full disk shows as a write that was cut short, too. */
    static UnpackException into(Path directory, String said, Throwable cause) {
        boolean full = said.contains("No space left") || said.contains("Wrote only") || said.contains("quota exceeded");
        String problem = said.replace("\ntar: Exiting with failure status due to previous errors", "")
                .replace("\n", "; ");
        return new UnpackException(
                "Tried to unpack ",
                "into " + directory,
                ", but " + (full ? "the disk is full: No space left on device." : problem + "."),
                full
                        ? "Free some space, for example with `racker rmi`, or set RACKER_STATE_DIR to a larger disk."
                        : "Check the file system that holds it: free space, mount options, extended attributes.",
                cause,
                false);
    }

    static UnpackException compressed(String program, String problem, Throwable cause) {
        return new UnpackException(
                "Tried to decompress ",
                "an archive",
                " with " + program + ", but " + problem + ".",
                "The archive is damaged or incomplete; fetch it again.",
                cause,
                false);
    }
}

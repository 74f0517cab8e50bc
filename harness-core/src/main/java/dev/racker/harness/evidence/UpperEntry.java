package dev.racker.harness.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * One entry of a writable layer.
 *
 * @param type what it is
 * @param mode permission bits
 * @param owner user and group on the host, {@code uid:gid}
 * @param size in bytes, of a file
 * @param content a digest of a small file, the time of change of another, the target of a link
 * @param base how it compares with what the layers below have there
 */
record UpperEntry(Type type, int mode, String owner, long size, String content, Base base) {

    private static final int MOST_DIGESTED = 1 << 16;

    enum Type {
        DIRECTORY,
        FILE,
        LINK,
        OTHER,
        WHITEOUT
    }

    enum Base {
        /** The layers below have nothing there. */
        ABSENT,
        SAME,
        DIFFERENT
    }

    /** Reads an entry that is no whiteout, and compares it with the topmost one below, which may be null. */
    static UpperEntry read(Path path, Path below) throws IOException {
        UpperEntry entry = look(path, Base.ABSENT);
        if (below == null) {
            return entry;
        }
        return entry.on(
                entry.differenceFrom(look(below, Base.ABSENT), path, below).isEmpty() ? Base.SAME : Base.DIFFERENT);
    }

    static UpperEntry whiteout(Path below) throws IOException {
        Type type = Type.WHITEOUT;
        return new UpperEntry(type, 0, "", 0, "", below == null ? Base.ABSENT : Base.DIFFERENT);
    }

    private UpperEntry on(Base newBase) {
        return new UpperEntry(type, mode, owner, size, content, newBase);
    }

    private static UpperEntry look(Path path, Base base) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, "unix:mode,uid,gid,size,lastModifiedTime", nofollow());
        int mode = (Integer) all.get("mode");
        String owner = all.get("uid") + ":" + all.get("gid");
        long size = (Long) all.get("size");
        switch (mode & 0170000) {
            case 0040000:
                return new UpperEntry(Type.DIRECTORY, mode & 07777, owner, 0, "", base);
            case 0120000:
                String target = Files.readSymbolicLink(path).toString();
                return new UpperEntry(Type.LINK, 0777, owner, 0, target, base);
            case 0100000:
                String content = size <= MOST_DIGESTED
                        ? digest(path)
                        : ((FileTime) all.get("lastModifiedTime")).toInstant().toString();
                return new UpperEntry(Type.FILE, mode & 07777, owner, size, content, base);
            default:
                return new UpperEntry(Type.OTHER, mode, owner, 0, "", base);
        }
    }

    private static String digest(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(in.readNBytes(MOST_DIGESTED + 1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static LinkOption nofollow() {
        return LinkOption.NOFOLLOW_LINKS;
    }

    /** Both are on disk: large files are compared by their bytes and not by their times. */
    private String differenceFrom(UpperEntry other, Path path, Path otherPath) throws IOException {
        if (type == Type.FILE && other.type == Type.FILE && size == other.size && size > MOST_DIGESTED) {
            return Files.mismatch(path, otherPath) < 0 ? attributes(other) : "its content has changed";
        }
        return differenceFrom(other);
    }

    /** What has become different since another look, in words; empty when nothing has. */
    String differenceFrom(UpperEntry other) {
        if (type != other.type) {
            return "it was a " + word(other.type) + " and is a " + word(type);
        }
        if (size != other.size || !content.equals(other.content)) {
            return type == Type.LINK
                    ? "it led to " + GuestName.line(other.content) + " and leads to " + GuestName.line(content)
                    : "its content has changed";
        }
        return attributes(other);
    }

    private String attributes(UpperEntry other) {
        if (mode != other.mode) {
            return String.format("its mode was %04o and is %04o", other.mode, mode);
        }
        return owner.equals(other.owner) ? "" : "its owner has changed";
    }

    private static String word(Type type) {
        return switch (type) {
            case DIRECTORY -> "directory";
            case FILE -> "file";
            case LINK -> "link";
            case OTHER -> "special file";
            case WHITEOUT -> "missing file";
        };
    }
}

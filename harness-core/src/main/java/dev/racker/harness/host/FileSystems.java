package dev.racker.harness.host;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the file systems of a host are, as mountinfo of proc(5) tells. */
public final class FileSystems {

    /** mount_setattr(2), MOUNT_ATTR_IDMAP: those that the kernel maps owners for. */
    private static final Set<String> MAPPABLE = Set.of(
            "ext4",
            "ext3",
            "ext2",
            "xfs",
            "btrfs",
            "f2fs",
            "tmpfs",
            "vfat",
            "exfat",
            "ntfs3",
            "erofs",
            "squashfs",
            "ceph",
            "bcachefs",
            "zfs");

    private static final int MOUNT_POINT = 4;

    private final String table;

    FileSystems(String table) {
        this.table = table;
    }

    /** Reads what is mounted for this process. */
    public static FileSystems mounted() {
        Path file = Path.of("/proc/self/mountinfo");
        try {
            return new FileSystems(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + file + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** The type of the file system that an absolute path without links is in, such as {@code ext4}; empty for none. */
    public String type(Path path) {
        String type = "";
        int longest = -1;
        for (String line : table.split("\n")) {
            String[] fields = line.split(" ");
            int separator = MOUNT_POINT;
            while (separator < fields.length && !fields[separator].equals("-")) {
                separator++;
            }
            if (separator + 1 >= fields.length) {
                continue;
            }
            Path point = Path.of(unescape(fields[MOUNT_POINT]));
            if (path.startsWith(point) && point.getNameCount() >= longest) { // of several at one place the last is seen
                longest = point.getNameCount();
                type = fields[separator + 1];
            }
        }
        return type;
    }

    /** The places below an absolute path without links where something is mounted and seen, upper ones first. */
    public List<Path> below(Path path) {
        List<Path> points = new ArrayList<>();
        for (String line : table.split("\n")) {
            String[] fields = line.split(" ");
            if (fields.length > MOUNT_POINT) {
                Path point = Path.of(unescape(fields[MOUNT_POINT]));
                if (point.getNameCount() > 0) { // the root may be told of after what is mounted in it
                    points.removeIf(earlier -> earlier.startsWith(point)); // it is hidden now
                }
                if (point.startsWith(path) && !point.equals(path)) {
                    points.add(point);
                }
            }
        }
        return points;
    }

    /** Says whether the kernel can show the files of this type of file system as other owners'. */
    public static boolean mapsOwners(String type) {
        return MAPPABLE.contains(type);
    }

    /** Blanks, tabs, line ends and backslashes are written as three octal digits. */
    private static String unescape(String text) {
        int backslash = text.indexOf('\\');
        if (backslash < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 3 < text.length()) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}

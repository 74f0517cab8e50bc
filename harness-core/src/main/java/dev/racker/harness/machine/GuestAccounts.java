package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The users and groups of a machine, read from its files by the host: passwd(5) and group(5).
 *
 * <p>They are looked up as docker does: a name or a number; a number need not be known; who names no group gets the
 * user's own and all that list the user.
 */
public final class GuestAccounts {

    private static final long LONGEST = 4 << 20;

    private final List<String[]> users;
    private final List<String[]> groups;

    private GuestAccounts(List<String[]> users, List<String[]> groups) {
        this.users = users;
        this.groups = groups;
    }

    /**
     * Reads the accounts of a root file system; none where it has no such files.
     *
     * @param files finds what is at a path of the root file system, without ever leaving that
     */
    public static GuestAccounts read(Function<String, Optional<Path>> files) {
        return parse(text(files.apply("/etc/passwd")), text(files.apply("/etc/group")));
    }

    static GuestAccounts parse(String passwd, String group) {
        return new GuestAccounts(lines(passwd, 6), lines(group, 3));
    }

    /**
     * Finds out whom a process is to run as.
     *
     * @param user {@code user[:group]}, names or numbers; empty for root
     * @param more groups to add, names or numbers
     * @throws HarnessException when a name is not known
     */
    public GuestIds find(String user, List<String> more) {
        int colon = user.indexOf(':');
        String name = colon < 0 ? user : user.substring(0, colon);
        String group = colon < 0 ? "" : user.substring(colon + 1);
        String[] known = entry(users, name.isEmpty() ? "0" : name);
        int uid = known != null ? number(known[2]) : name.isEmpty() ? 0 : unknown(name, "user");
        int gid = group.isEmpty() ? known != null ? number(known[3]) : 0 : gid(group);
        List<Integer> all = new ArrayList<>();
        if (group.isEmpty() && known != null) {
            addMemberships(known[0], all);
        }
        for (String other : more) {
            add(all, gid(other));
        }
        String home = known == null || known[5].isEmpty() ? "/" : known[5];
        return new GuestIds(uid, gid, all, home);
    }

    private void addMemberships(String user, List<Integer> all) {
        for (String[] group : groups) {
            if (group.length > 3 && List.of(group[3].split(",")).contains(user)) {
                add(all, number(group[2]));
            }
        }
    }

    private static void add(List<Integer> all, int gid) {
        if (!all.contains(gid)) {
            all.add(gid);
        }
    }

    private int gid(String group) {
        String[] known = entry(groups, group);
        return known != null ? number(known[2]) : unknown(group, "group");
    }

    private static int unknown(String text, String kind) {
        int number = number(text);
        if (number < 0) {
            throw new HarnessException(
                    "Tried to run a payload as " + kind + " \"" + text + "\", but the image has no such " + kind + ".",
                    "Name a " + kind + " of the image, or give a number.");
        }
        return number;
    }

    /** The first one of that name, or, when the text is a number, of that number. */
    private static String[] entry(List<String[]> entries, String text) {
        int number = number(text);
        for (String[] entry : entries) {
            if (entry[0].equals(text) || number >= 0 && number(entry[2]) == number) {
                return entry;
            }
        }
        return null;
    }

    /** A number that the kernel takes for an id, or -1. */
    private static int number(String text) {
        if (text.isEmpty() || text.length() > 10) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number > Integer.MAX_VALUE ? -1 : (int) number;
    }

    /** The fields of the lines that are complete and whose id is a number. */
    private static List<String[]> lines(String text, int fields) {
        List<String[]> lines = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] parts = line.split(":", -1);
            boolean numbers = parts.length >= fields && number(parts[2]) >= 0 && (fields < 4 || number(parts[3]) >= 0);
            if (numbers) {
                lines.add(parts);
            }
        }
        return lines;
    }

    private static String text(Optional<Path> file) {
        if (file.isEmpty() || !Files.isRegularFile(file.get())) {
            return "";
        }
        try {
            if (Files.size(file.get()) > LONGEST) {
                throw new IOException("it is larger than " + LONGEST + " bytes");
            }
            return Files.readString(file.get(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to look a user up in " + file.get() + ", but: " + e.getMessage() + ".", null, e);
        }
    }
}

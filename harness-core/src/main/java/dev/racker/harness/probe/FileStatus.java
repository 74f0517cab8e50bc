package dev.racker.harness.probe;

/**
 * What stat(1) tells of a file; all empty when there is none.
 *
 * @param type {@code file}, {@code directory}, {@code symlink}, ...
 * @param mode octal, without leading zeros
 * @param user its owner's name
 * @param group its group's name
 * @param uid its owner's number
 * @param gid its group's number
 */
record FileStatus(String type, String mode, String user, String group, String uid, String gid) {

    /** For {@code stat -c}; the type comes last, since it may hold blanks. */
    static final String FORMAT = "%a %U %G %u %g %F";

    static final FileStatus ABSENT = new FileStatus("", "", "", "", "", "");

    private static final int FIELDS = 6;

    static FileStatus parse(String line) {
        String[] fields = line.strip().split(" ", FIELDS);
        if (fields.length < FIELDS) {
            throw new UnlookableException("stat said: " + TextPattern.shown(line));
        }
        return new FileStatus(type(fields[5]), fields[0], fields[1], fields[2], fields[3], fields[4]);
    }

    private static String type(String told) {
        return switch (told) {
            case "regular file", "regular empty file" -> "file";
            case "symbolic link" -> "symlink";
            case "block special file" -> "block";
            case "character special file" -> "char";
            default -> told;
        };
    }

    boolean isThere() {
        return !type.isEmpty();
    }

    String text() {
        return isThere() ? type + " " + mode + " " + user + ":" + group : "";
    }
}

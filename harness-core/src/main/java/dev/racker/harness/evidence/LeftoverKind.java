package dev.racker.harness.evidence;

/** What it is that an installation and a removal have left. */
public enum LeftoverKind {
    /** A file, a link, or another thing that is no directory. */
    FILE("file"),
    /** A directory, with everything below it. */
    DIRECTORY("directory"),
    /** A user of passwd(5). */
    USER("user"),
    /** A group of group(5). */
    GROUP("group"),
    /** A unit file, a drop-in, a link that enables or masks a unit, or an init script. */
    UNIT("unit"),
    /** A link of the alternatives system, or its record. */
    ALTERNATIVE("alternative"),
    /** Something that cron would run. */
    CRON("cron entry"),
    /** Something that logrotate would rotate. */
    LOGROTATE("logrotate entry"),
    /** A fragment of tmpfiles.d(5). */
    TMPFILES("tmpfiles entry"),
    /** A fragment of sysusers.d(5). */
    SYSUSERS("sysusers entry"),
    /** Something that was there before and is now different. */
    CHANGED("changed"),
    /** Something that was there before and is there no longer. */
    GONE("gone");

    private final String words;

    LeftoverKind(String words) {
        this.words = words;
    }

    /** What people call it: {@code cron entry}. */
    public String words() {
        return words;
    }

    /** Says whether it should be as it was before, instead of absent. */
    boolean wasThere() {
        return this == CHANGED || this == GONE;
    }
}

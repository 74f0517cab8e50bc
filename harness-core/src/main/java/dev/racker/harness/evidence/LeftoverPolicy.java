package dev.racker.harness.evidence;

/** What may stay when a package has gone. */
public enum LeftoverPolicy {
    /**
     * It was removed and not purged: its configuration, state and logs, and the accounts that own them, stay until a
     * purge (Debian Policy 6.8 and 10.8); programs, units of the vendor and alternatives go.
     */
    AFTER_REMOVE,
    /** It was purged: nothing stays. */
    AFTER_PURGE,
    /**
     * It was removed by a package manager that knows no purge: everything goes but the users and groups, which those
     * distributions keep, because ids must not be used again.
     */
    AFTER_ERASE
}

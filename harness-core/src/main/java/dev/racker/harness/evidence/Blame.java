package dev.racker.harness.evidence;

/** Whose fault a failure is. */
public enum Blame {
    /** The package's, or its unit's. */
    PACKAGE,
    /** The container's or the kernel's: it would work on a machine of its own. */
    SANDBOX,
    /** The image's: something that a full installation has is missing in it. */
    IMAGE,
    /** The network's or a mirror's; nothing was learnt about the package. */
    NETWORK,
    /** The host's: it has run out of something. */
    HOST,
    /** What runs in the machine beside the package, or how it is set up. */
    SETUP,
    /** More than one of them is possible. */
    UNKNOWN
}

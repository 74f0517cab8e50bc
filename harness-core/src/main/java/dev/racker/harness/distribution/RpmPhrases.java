package dev.racker.harness.distribution;

/** What rpm itself says through all package managers that use it. */
final class RpmPhrases {

    private RpmPhrases() {}

    /** A script that fails after the files are in place leaves dnf's status 0, and zypper's 107. */
    static Phrases scripts() {
        return new Phrases()
                .always(
                        "^(?:warning|error): %(\\w+)\\((\\S+?)\\) scriptlet failed, exit status (\\d+)",
                        "the %$1 script of $2 failed with exit status $3")
                .always(
                        "^(?:warning|error): %(\\w+)\\((\\S+?)\\) scriptlet failed, signal (\\d+)",
                        "the %$1 script of $2 was ended by signal $3")
                .always("Error in (\\w+) scriptlet in rpm package (\\S+)", "the $1 script of $2 failed")
                .say(
                        "[Nn]othing provides '?(.+?)'? needed by (?:the to be installed )?(\\S+)",
                        "$2 needs $1, which nothing provides")
                .say(
                        "file (\\S+) from install of (\\S+) conflicts with file from package (\\S+)",
                        "$2 brings $1, which belongs to the package $3")
                .say("file (\\S+) conflicts between attempted installs of (\\S+) and (\\S+)", "$2 and $3 both bring $1")
                .say(
                        "^File (\\S+)\\n\\s+from install of\\n\\s+(\\S+)[^\\n]*\\n\\s+conflicts with file from (?:package|install of)\\n\\s+(\\S+)",
                        "$2 brings $1, which belongs to the package $3")
                .say("(?:package )?(\\S+) conflicts with (\\S+) provided by (\\S+)", "$1 conflicts with $3")
                .say("^\\s*(\\S[^\\n]*) is needed by (\\S+)$", "$2 needs $1, which is not there")
                .say("(No space left on device|needs \\d+\\w* (?:more space )?on the )", "the disk is full");
    }
}

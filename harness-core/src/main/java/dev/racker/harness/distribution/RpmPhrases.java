package dev.racker.harness.distribution;

/** What rpm itself, and the solver that dnf and zypper share, say through all package managers that use them. */
final class RpmPhrases {

    /** What dnf, dnf 5, yum and microdnf say of a repository. */
    static final String DNF_UNREACHABLE =
            "((?:Failed to download metadata|[Cc]annot download|Error downloading packages|"
                    + "Curl error|Status code: \\d+|Cannot find a valid baseurl|Cannot prepare internal mirrorlist|Could not"
                    + " resolve host|Failed to synchronize cache|cannot update repo)[^\\n]*)";

    private RpmPhrases() {}

    /**
     * Begins with what says something about the package whether or not all repositories could be read; then a
     * repository that could not, because what is missing may be there; then what is missing.
     *
     * <p>A script that fails after the files are in place leaves dnf's status 0, and zypper's 107.
     */
    static Phrases common(String unreachable) {
        return new Phrases()
                .always(
                        "^(?:warning:|error:|>>> \\[RPM\\]) %(\\w+)\\((\\S+?)\\) scriptlet failed, exit status (\\d+)",
                        "the %$1 script of $2 failed with exit status $3")
                .always(
                        "^(?:warning:|error:|>>> \\[RPM\\]) %(\\w+)\\((\\S+?)\\) scriptlet failed, signal (\\d+)",
                        "the %$1 script of $2 was ended by signal $3")
                .always("Error in (\\w+) scriptlet in rpm package (\\S+)", "the $1 script of $2 failed")
                .say(
                        "file (\\S+) from install of (\\S+) conflicts with file from package (\\S+)",
                        "$2 brings $1, which belongs to the package $3")
                .say("file (\\S+) conflicts between attempted installs of (\\S+) and (\\S+)", "$2 and $3 both bring $1")
                .say(
                        "^File (\\S+)\\n\\s+from install of\\n\\s+(\\S+)[^\\n]*\\n\\s+conflicts with file from"
                                + " (?:package|install of)\\n\\s+(\\S+)",
                        "$2 brings $1, which belongs to the package $3")
                .say(
                        "(?:package )?(\\S+)(?: from \\S+)? conflicts with (\\S+) provided by (\\S+)",
                        "$1 conflicts with $3")
                .say("(No space left on device|needs \\d+\\w* (?:more space )?on the )", "the disk is full")
                .unreachable(unreachable)
                .say(
                        "[Nn]othing provides '?(.+?)'? needed by (?:the to be installed )?(\\S+)",
                        "$2 needs $1, which nothing provides")
                .say("^\\s*(\\S[^\\n]*) is needed by (\\S+)$", "$2 needs $1, which is not there");
    }

    /** What dnf, dnf 5, yum and microdnf have in common. */
    static Phrases dnf() {
        return common(DNF_UNREACHABLE)
                .say("Unable to find a match: ([^\\n]+)$", "there is no package $1")
                .always("^No package (\\S+) available", "there is no package $1")
                .say("^error: No package matches '([^']+)'", "there is no package $1")
                .always("^Package (\\S+) not installed, cannot (?:update|reinstall) it", "$1 is not installed")
                .always("^Packages for argument '([^']+)' available, but not installed", "$1 is not installed")
                .say(
                        "^Installed package (\\S+) (?:\\(from [^)]*\\) )?not available",
                        "no repository has the installed version, $1")
                .say(
                        "^Installed packages for argument '([^']+)' are not available in repositories in the same version",
                        "no repository has the installed version of $1")
                .say("^No match for argument: (\\S+)", "there is no package $1")
                .say("^(?:Error|error|Problem[^:\\n]*): ?(?:\\n Problem[^\\n]*\\n +- )?([^\\n]+)", "$1");
    }
}

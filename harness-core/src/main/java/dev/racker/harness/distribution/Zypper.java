package dev.racker.harness.distribution;

import java.util.ArrayList;
import java.util.List;

/** zypper(8). */
final class Zypper implements PackageTool {

    private static final int REBOOT_NEEDED = 102;
    private static final int RESTART_NEEDED = 103;
    private static final int REPOSITORIES_SKIPPED = 106;

    private static final List<String> START = List.of("zypper", "--non-interactive");
    /** For files only, which are seldom signed with a key that the machine knows. */
    private static final List<String> UNCHECKED = List.of("zypper", "--non-interactive", "--no-gpg-checks");

    private static final String UNREACHABLE =
            "((?:Download \\(curl\\) error|Failed to retrieve|Failed to provide|Could not resolve|Timeout exceeded|Valid"
                    + " metadata not found|Can't provide|File '[^']*' not found on medium|Repository '[^']*' is"
                    + " invalid|Problem retrieving files from|Skipping repository)[^\\n]*)";

    private static final Phrases PHRASES = RpmPhrases.scripts()
            .unreachable(UNREACHABLE)
            .say("No provider of '([^'=<>]+)=([^']+)' found", "there is no version $2 of $1")
            .say("No provider of '([^']+)' found", "there is no package $1")
            .say("^Package '([^']+)' not found", "there is no package $1")
            .always(
                    "^Forcing installation of '([^']+)' from repository '@System'",
                    "no repository has the installed version, $1")
            .say("^System management is locked by ([^\\n]+)", "another program holds the lock: $1")
            .say("^Problem: (?:\\d+: )?([^\\n]+)", "$1")
            .say("Signature verification failed \\[([^\\]]+)\\]\\nAbort", "its signature is not accepted ($1)");

    private static final Phrases REFRESH = new Phrases().alwaysUnreachable(UNREACHABLE);

    @Override
    public String name() {
        return "zypper";
    }

    @Override
    public PackageFormat format() {
        return PackageFormat.RPM;
    }

    @Override
    public List<List<String>> refresh() {
        return List.of(Arguments.of(START, "refresh"));
    }

    @Override
    public List<List<String>> install(List<Item> items) {
        return List.of(install(items, "--auto-agree-with-licenses"));
    }

    /** "update" takes names only; a file or version is brought by "install". */
    @Override
    public List<List<String>> upgrade(List<Item> items) {
        if (Arguments.anyExact(items)) {
            return install(items);
        }
        return List.of(
                Arguments.items(Arguments.of(START, "update", "--auto-agree-with-licenses", "--"), items, Item::name));
    }

    /** With the version, because a forced install by name takes the repository's version, an older one too. */
    @Override
    public List<List<String>> reinstall(List<Item> items) {
        return List.of(install(items, "--auto-agree-with-licenses", "--force"));
    }

    private static List<String> install(List<Item> items, String... options) {
        List<String> command = new ArrayList<>(Arguments.anyFile(items) ? UNCHECKED : START);
        command.add("install");
        command.addAll(List.of(options));
        if (Arguments.anyExact(items)) {
            command.add("--oldpackage");
        }
        command.add("--");
        return Arguments.items(command, items, Zypper::named);
    }

    private static String named(Item item) {
        return item.version() == null ? item.name() : item.name() + "=" + item.version();
    }

    @Override
    public List<List<String>> remove(List<String> names) {
        return List.of(Arguments.names(Arguments.of(START, "remove", "--clean-deps", "--"), names));
    }

    @Override
    public List<List<String>> purge(List<String> names) {
        return remove(names);
    }

    /** zypper(8), "EXIT CODES": 102 and 103 ask for a restart of machine or zypper, 107 tells of a failed script. */
    @Override
    public Reading read(int status, String said) {
        if (status == REPOSITORIES_SKIPPED) {
            Reading reading = PHRASES.read("zypper", status, false, said);
            return new Reading(reading.reason(), true);
        }
        boolean good = status == 0 || status == REBOOT_NEEDED || status == RESTART_NEEDED;
        return PHRASES.read("zypper", status, good, said);
    }

    @Override
    public Reading readRefresh(int status, String said) {
        return REFRESH.read("zypper", status, status == 0, said);
    }

    @Override
    public PackageDatabase database() {
        return new RpmDatabase();
    }

    @Override
    public String savedConfiguration() {
        return ".rpmsave";
    }
}

package dev.racker.harness.distribution;

import java.util.List;
import java.util.Map;

/**
 * apt-get(8), from apt 1.1 on.
 *
 * <p>dpkg's questions about configuration files are answered with {@code --force-confdef --force-confold}: the
 * package's own default, and where there is none, the file that is there. A lock that the machine's own timers hold is
 * waited for.
 */
final class Apt implements PackageTool {

    private static final List<String> APT = List.of(
            "apt-get",
            "--yes",
            "--quiet",
            "--option=Dpkg::Use-Pty=0",
            "--option=Dpkg::Options::=--force-confdef",
            "--option=Dpkg::Options::=--force-confold",
            "--option=DPkg::Lock::Timeout=120");

    /** The second line says why, as the summary at the end does not always. */
    private static final String FETCH_FAILED = "^Err:\\d+ [^\\n]*\\n +((?!404)[^\\n]+)$";

    private static final String NOT_FETCHED = "^[EW]: (Failed to fetch .*)$";
    private static final String NO_REPOSITORY =
            "^[EW]: (The repository '[^']*' (?:does not have|is not|no longer has) .*)$";

    private static final Phrases REFRESH = new Phrases()
            .alwaysUnreachable(FETCH_FAILED)
            .alwaysUnreachable(NOT_FETCHED)
            .alwaysUnreachable(NO_REPOSITORY)
            .say("^E: (.+)$", "apt-get says: $1");

    private static final Phrases PHRASES = scripts(new Phrases())
            .unreachable(FETCH_FAILED)
            .unreachable(NOT_FETCHED)
            .unreachable(NO_REPOSITORY)
            .say("^E: Version '([^']+)' for '([^']+)' was not found", "there is no version $1 of $2")
            .say("^E: Unable to locate package (\\S+)", "there is no package $1")
            .say("^E: Couldn't find any package by (?:glob|regex) '([^']+)'", "there is no package $1")
            .say("^E: Package '([^']+)' has no installation candidate", "there is no package $1")
            .always("^Note, selecting '[^']+' for (?:regex|glob|task) '([^']+)'", "there is no package $1")
            .always("^Skipping (\\S+), it is not installed and only upgrades are requested", "$1 is not installed")
            .always(
                    "^Reinstallation of (\\S+) is not possible, it cannot be downloaded",
                    "no repository has the installed version of $1")
            .say(
                    "trying to overwrite (?:shared )?'([^']+)', which is (?:also in package|different from other"
                            + " instances of package) (\\S+)",
                    "it brings $1, which belongs to the package $2")
            .say(
                    "^ ?(\\S+) : Conflicts: (\\S+)(?: \\([^)]*\\))?(?: but (\\S+) is (?:to be )?installed)?",
                    "$1 conflicts with $2")
            .say("^ ?(\\S+) : (?:Pre)?-?Depends: ([^\\n]+?) but ([^\\n]+)$", "$1 needs $2, but $3")
            .say("^ +(?:\\d+\\. )?(\\S+) Depends (\\S+(?: \\([^)]*\\))?)\\n +but ([^\\n]+)$", "$1 needs $2, but $3")
            .say("^E: Could not (?:get|open) lock ([^.\\n ]+)", "another program holds the lock $1")
            .say("(No space left on device|You don't have enough free space)", "the disk is full")
            .say("^E: Sub-process \\S+ exited unexpectedly", "dpkg ended unexpectedly")
            .say("^dpkg: error processing (?:package|archive) (\\S+)[^\\n]*\\n +([^\\n]+)$", "$1: $2")
            .say("^E: (.+)$", "apt-get says: $1");

    /** Told by the names of their files, as dpkg itself does since 1.22; before, it wrote "post-installation". */
    private static Phrases scripts(Phrases phrases) {
        Map<String, String> names = Map.of(
                "preinst", "pre-installation",
                "postinst", "post-installation",
                "prerm", "pre-removal",
                "postrm", "post-removal");
        names.forEach((file, words) -> {
            String start = " (\\S+) package (?:" + file + " maintainer|" + words + ") script subprocess ";
            phrases.say(
                            start + "(?:returned error|failed with) exit status (\\d+)",
                            "the " + file + " script of $1 failed with exit status $2")
                    .say(
                            start + "was killed by signal \\(?([^)\\n]+)",
                            "the " + file + " script of $1 was ended by the signal $2");
        });
        return phrases;
    }

    @Override
    public String name() {
        return "apt";
    }

    @Override
    public PackageFormat format() {
        return PackageFormat.DEB;
    }

    @Override
    public List<String> environment() {
        return List.of("DEBIAN_FRONTEND=noninteractive", "APT_LISTCHANGES_FRONTEND=none", "NEEDRESTART_SUSPEND=1");
    }

    /** Without the mode, which apt knows since 2.3, a mirror that cannot be reached is a warning only. */
    @Override
    public List<List<String>> refresh() {
        return List.of(Arguments.of(APT, "--option=APT::Update::Error-Mode=any", "update"));
    }

    @Override
    public List<List<String>> install(List<Item> items) {
        return List.of(Arguments.items(
                Arguments.anyExact(items)
                        ? Arguments.of(APT, "--allow-downgrades", "install", "--")
                        : Arguments.of(APT, "install", "--"),
                items,
                Apt::named));
    }

    @Override
    public List<List<String>> upgrade(List<Item> items) {
        return List.of(Arguments.items(
                Arguments.anyExact(items)
                        ? Arguments.of(APT, "--allow-downgrades", "--only-upgrade", "install", "--")
                        : Arguments.of(APT, "--only-upgrade", "install", "--"),
                items,
                Apt::named));
    }

    @Override
    public List<List<String>> reinstall(List<Item> items) {
        return List.of(Arguments.items(Arguments.of(APT, "--reinstall", "install", "--"), items, Item::name));
    }

    private static String named(Item item) {
        return item.version() == null ? item.name() : item.name() + "=" + item.version();
    }

    @Override
    public List<List<String>> remove(List<String> names) {
        return List.of(Arguments.names(Arguments.of(APT, "--auto-remove", "remove", "--"), names));
    }

    @Override
    public List<List<String>> purge(List<String> names) {
        return List.of(Arguments.names(Arguments.of(APT, "--auto-remove", "purge", "--"), names));
    }

    @Override
    public Reading read(int status, String said) {
        return PHRASES.read("apt-get", status, status == 0, said);
    }

    /** apt before 2.3 ends well when it could reach no mirror at all. */
    @Override
    public Reading readRefresh(int status, String said) {
        return REFRESH.read("apt-get", status, status == 0, said);
    }

    @Override
    public PackageDatabase database() {
        return new DpkgDatabase();
    }

    @Override
    public String savedConfiguration() {
        return "";
    }
}

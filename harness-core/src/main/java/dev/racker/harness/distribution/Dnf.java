package dev.racker.harness.distribution;

import java.util.List;

/** dnf(8), and yum(8), whose command lines are the same where we need them. */
final class Dnf implements PackageTool {

    private static final String UNREACHABLE =
            "((?:Failed to download metadata|Cannot download|Error downloading packages|Curl error|Status code: \\d+|Cannot"
                    + " find a valid baseurl|Cannot prepare internal mirrorlist|Could not resolve host|Failed to synchronize"
                    + " cache)[^\\n]*)";

    private static final Phrases PHRASES = RpmPhrases.scripts()
            .unreachable(UNREACHABLE)
            .say("Unable to find a match: ([^\\n]+)$", "there is no package $1")
            .always("^No package (\\S+) available", "there is no package $1")
            .always("^Package (\\S+) not installed, cannot (?:update|reinstall) it", "$1 is not installed")
            .say(
                    "^Installed package (\\S+) (?:\\(from [^)]*\\) )?not available",
                    "no repository has the installed version, $1")
            .say("^No match for argument: (\\S+)", "there is no package $1")
            .say("^Error: ?(?:\\n Problem[^\\n]*\\n +- )?([^\\n]+)", "$1");

    private static final Phrases REFRESH = new Phrases().alwaysUnreachable(UNREACHABLE);

    private final String program;
    private final List<String> start;

    /** Takes {@code dnf} or {@code yum}. */
    Dnf(String program) {
        this.program = program;
        this.start = List.of(program, "--assumeyes");
    }

    @Override
    public String name() {
        return program;
    }

    @Override
    public PackageFormat format() {
        return PackageFormat.RPM;
    }

    /** What is cached may be old: only clean metadata is fetched again by every version of both. */
    @Override
    public List<List<String>> refresh() {
        return List.of(Arguments.of(start, "clean", "expire-cache"), Arguments.of(start, "makecache"));
    }

    /** dnf takes an older file or version as a downgrade by itself; yum does not, and says so. */
    @Override
    public List<List<String>> install(List<Item> items) {
        return List.of(Arguments.items(Arguments.of(start, "install"), items, Dnf::named));
    }

    @Override
    public List<List<String>> upgrade(List<Item> items) {
        boolean exact = items.stream().anyMatch(item -> !item.isFile() && item.isExact());
        // "upgrade" takes no older version, "install" takes every one that is named.
        return List.of(Arguments.items(Arguments.of(start, exact ? "install" : "upgrade"), items, Dnf::named));
    }

    @Override
    public List<List<String>> reinstall(List<Item> items) {
        return List.of(Arguments.items(Arguments.of(start, "reinstall"), items, Item::name));
    }

    static String named(Item item) {
        return item.version() == null ? item.name() : item.name() + "-" + item.version();
    }

    @Override
    public List<List<String>> remove(List<String> names) {
        return List.of(
                Arguments.names(Arguments.of(start, "--setopt=clean_requirements_on_remove=1", "remove"), names));
    }

    @Override
    public List<List<String>> purge(List<String> names) {
        return remove(names);
    }

    @Override
    public Reading read(int status, String said) {
        return PHRASES.read(program, status, status == 0, said);
    }

    @Override
    public Reading readRefresh(int status, String said) {
        return REFRESH.read(program, status, status == 0, said);
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

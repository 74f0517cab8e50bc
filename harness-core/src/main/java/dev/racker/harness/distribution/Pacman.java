package dev.racker.harness.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** pacman(8). */
final class Pacman implements PackageTool {

    private static final List<String> START = List.of("pacman", "--noconfirm", "--noprogressbar");
    private static final String SCRIPT_FAILED = "error: command failed to execute correctly";
    private static final String SCRIPT_KILLED = "error: command terminated by signal ";

    private static final Phrases PHRASES = new Phrases()
            .say("^error: target not found: ([^=\\s]+)=(\\S+)", "there is no version $2 of $1")
            .say("^error: target not found: (\\S+)", "there is no package $1")
            .say("unable to satisfy dependency '([^']+)' required by (\\S+)", "$2 needs $1, which nothing provides")
            .say(":: removing (\\S+) breaks dependency '([^']+)' required by (\\S+)", "$3 needs $2, so $1 cannot go")
            .say("^:: (\\S+) and (\\S+) are in conflict(?: \\([^)]*\\))?$", "$1 conflicts with $2")
            .say(
                    "^(\\S+): (\\S+) exists in filesystem \\(owned by (\\S+)\\)",
                    "$1 brings $2, which belongs to the package $3")
            .say("^(\\S+): (\\S+) exists in filesystem", "$1 brings $2, which is there already")
            .say("^(\\S+) exists in both '([^']+)' and '([^']+)'", "$2 and $3 both bring $1")
            .unreachable("^error: (failed retrieving file [^\\n]*)")
            .unreachable("^error: (failed to (?:update|synchronize|download)[^\\n]*)")
            .unreachable("^(error: could not open file [^\\n]*sync[^\\n]*)")
            .say("^error: failed to init transaction \\(unable to lock database\\)", "another program holds its lock")
            .say("(No space left on device|not enough free disk space)", "the disk is full")
            .say("^error: ([^\\n]+)", "pacman says: $1");

    @Override
    public String name() {
        return "pacman";
    }

    @Override
    public PackageFormat format() {
        return PackageFormat.ALPM;
    }

    @Override
    public List<List<String>> refresh() {
        return List.of(Arguments.of(START, "--sync", "--refresh"));
    }

    /** Files are another operation; they come last, because they may need what is in the repositories. */
    @Override
    public List<List<String>> install(List<Item> items) {
        List<Item> files = items.stream().filter(Item::isFile).toList();
        List<Item> named = items.stream().filter(item -> !item.isFile()).toList();
        List<List<String>> commands = new ArrayList<>();
        if (!named.isEmpty()) {
            commands.add(Arguments.items(Arguments.of(START, "--sync", "--"), named, Pacman::named));
        }
        if (!files.isEmpty()) {
            commands.add(Arguments.items(Arguments.of(START, "--upgrade", "--"), files, Item::name));
        }
        return commands;
    }

    @Override
    public List<List<String>> upgrade(List<Item> items) {
        return install(items);
    }

    @Override
    public List<List<String>> reinstall(List<Item> items) {
        return install(items);
    }

    private static String named(Item item) {
        return item.version() == null ? item.name() : item.name() + "=" + item.version();
    }

    @Override
    public List<List<String>> remove(List<String> names) {
        return List.of(Arguments.names(Arguments.of(START, "--remove", "--recursive", "--"), names));
    }

    @Override
    public List<List<String>> purge(List<String> names) {
        return List.of(Arguments.names(Arguments.of(START, "--remove", "--recursive", "--nosave", "--"), names));
    }

    /** A failing script or hook leaves the exit status 0 and the package installed; only the output tells. */
    @Override
    public Reading read(int status, String said) {
        Optional<String> script = failedScript(said);
        return script.isPresent() ? Reading.failed(script.get()) : PHRASES.read("pacman", status, status == 0, said);
    }

    private static Optional<String> failedScript(String said) {
        String doing = "";
        for (String line : said.split("\n")) {
            if (line.matches("(installing|upgrading|downgrading|reinstalling|removing) \\S+\\.\\.\\.")) {
                doing = "the install script of " + line.substring(line.indexOf(' ') + 1, line.length() - 3);
            } else if (line.startsWith(":: Running ") || line.matches("\\(\\s*\\d+/\\d+\\) .*")) {
                doing = "the hook \"" + line.replaceAll("^(:: |\\(\\s*\\d+/\\d+\\) )", "") + "\"";
            } else if (line.endsWith(SCRIPT_FAILED) || line.contains(SCRIPT_KILLED)) {
                return Optional.of((doing.isEmpty() ? "a script" : doing) + " failed");
            }
        }
        return Optional.empty();
    }

    @Override
    public PackageDatabase database() {
        return new AlpmDatabase();
    }

    @Override
    public String savedConfiguration() {
        return ".pacsave";
    }
}

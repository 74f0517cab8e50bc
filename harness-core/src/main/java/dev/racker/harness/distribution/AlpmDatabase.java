package dev.racker.harness.distribution;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The queries of pacman(8). */
final class AlpmDatabase implements PackageDatabase {

    private static final String BACKUP = "Backup Files";

    @Override
    public List<String> installed(String name) {
        return List.of("pacman", "--query", "--info", "--", name);
    }

    @Override
    public Optional<InstalledPackage> readInstalled(String name, Answer answer) {
        String found = field(answer.text(), "Name");
        return found == null
                ? Optional.empty()
                : Optional.of(new InstalledPackage(
                        found, field(answer.text(), "Version"), field(answer.text(), "Architecture")));
    }

    private static String field(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key + " ") && line.contains(" : "))
                .map(line -> line.substring(line.indexOf(" : ") + 3).strip())
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<String> files(String name) {
        return List.of("pacman", "--query", "--list", "--quiet", "--", name);
    }

    @Override
    public List<String> configuration(String name) {
        return List.of("pacman", "--query", "--info", "--info", "--", name);
    }

    /** The last field, a line for each file: its state and its path, or its path and its state. */
    @Override
    public List<String> readConfiguration(Answer answer) {
        int start = answer.text().indexOf("\n" + BACKUP);
        return start < 0
                ? List.of()
                : Stream.of(answer.text().substring(start).split("\\s+"))
                        .filter(word -> word.startsWith("/"))
                        .toList();
    }

    @Override
    public List<String> owner(String path) {
        return List.of("pacman", "--query", "--owns", "--quiet", "--", path);
    }

    @Override
    public Optional<String> readOwner(String path, Answer answer) {
        return answer.text().lines().filter(line -> !line.isBlank()).findFirst();
    }

    /** "error: package 'x' was not found", "error: No package owns /x", "error: failed to find 'x' in PATH". */
    @Override
    public boolean saysNo(Answer answer) {
        String said = answer.error();
        return said.contains("was not found")
                || said.contains("No package owns")
                || said.contains("failed to find")
                || said.contains("failed to read file") && said.contains("No such file");
    }

    @Override
    public List<String> owned(Collection<String> paths) {
        return List.of("pacman", "--query", "--list");
    }

    /** "package /path", with a slash at the end of directories. */
    @Override
    public Set<String> readOwned(Answer answer) {
        Set<String> owned = new HashSet<>();
        answer.text().lines().forEach(line -> {
            String path = line.substring(line.indexOf(' ') + 1);
            owned.add(path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        });
        return owned;
    }
}

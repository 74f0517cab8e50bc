package dev.racker.harness.distribution;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The questions that a family's database of installed packages answers; all of them only look. */
interface PackageDatabase {

    List<String> installed(String name);

    /** Reads the answer to {@link #installed}; null when there was none. */
    Optional<InstalledPackage> readInstalled(String name, Answer answer);

    List<String> files(String name);

    /** The lines of the answer to {@link #files} that are paths. */
    default List<String> readFiles(Answer answer) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("/") && !line.equals("/."))
                .map(line -> line.length() > 1 && line.endsWith("/") ? line.substring(0, line.length() - 1) : line)
                .toList();
    }

    /** The configuration files of a package. */
    List<String> configuration(String name);

    default List<String> readConfiguration(Answer answer) {
        return readFiles(answer);
    }

    List<String> owner(String path);

    Optional<String> readOwner(String path, Answer answer);

    /** Whether it says plainly that there is no such package or file; anything else that fails is trouble. */
    boolean saysNo(Answer answer);

    /** How a question ended. */
    record Answer(int status, String text, String error) {}

    /** Asks which of these paths, or of all, belong to some package. */
    List<String> owned(Collection<String> paths);

    /** The paths that belong to a package, those asked for among them; directories end without a slash. */
    Set<String> readOwned(Answer answer);

    /** Asks for packages that were removed without their configuration; empty where that leaves no trace. */
    default List<String> halfGone() {
        return List.of();
    }

    /** Their names. */
    default List<String> readHalfGone(Answer answer) {
        return List.of();
    }
}

package dev.racker.harness.distribution;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The queries of rpm(8). */
final class RpmDatabase implements PackageDatabase {

    private static final String VERSION = "%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}";

    @Override
    public List<String> installed(String name) {
        return List.of("rpm", "--query", "--queryformat=%{NAME}\\t" + VERSION + "\\t%{ARCH}\\n", "--", name);
    }

    /** Several versions may be installed together, kernels for one: the last is the newest. */
    @Override
    public Optional<InstalledPackage> readInstalled(String name, Answer answer) {
        return answer.text()
                .lines()
                .map(line -> line.split("\t"))
                .filter(fields -> fields.length == 3)
                .map(fields -> new InstalledPackage(fields[0], fields[1], fields[2]))
                .reduce((first, second) -> second);
    }

    @Override
    public List<String> files(String name) {
        return List.of("rpm", "--query", "--list", "--", name);
    }

    @Override
    public List<String> configuration(String name) {
        return List.of("rpm", "--query", "--configfiles", "--", name);
    }

    @Override
    public List<String> owner(String path) {
        return List.of("rpm", "--query", "--queryformat=%{NAME}\\n", "--file", "--", path);
    }

    @Override
    public Optional<String> readOwner(String path, Answer answer) {
        return answer.text().lines().filter(line -> !line.isBlank()).findFirst();
    }

    /** "package x is not installed", "file /x is not owned by any package", "error: file /x: No such file or directory". */
    @Override
    public boolean saysNo(Answer answer) {
        String said = answer.text() + answer.error();
        return said.contains("is not installed")
                || said.contains("is not owned by any package")
                || said.contains("No such file or directory") && said.contains("error: file ");
    }

    /** All files of all packages: the answer for some does not tell which line belongs to which. */
    @Override
    public List<String> owned(Collection<String> paths) {
        return List.of("rpm", "--query", "--all", "--list");
    }

    @Override
    public Set<String> readOwned(Answer answer) {
        return answer.text().lines().collect(Collectors.toSet());
    }
}

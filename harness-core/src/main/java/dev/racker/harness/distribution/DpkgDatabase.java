package dev.racker.harness.distribution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** dpkg-query(1). */
final class DpkgDatabase implements PackageDatabase {

    /** Of all that dpkg has seen of a package, for each architecture. */
    @Override
    public List<String> installed(String name) {
        return List.of(
                "dpkg-query",
                "--show",
                "--showformat=${db:Status-Status}\\t${Package}\\t${Version}\\t${Architecture}\\n",
                "--",
                name);
    }

    @Override
    public Optional<InstalledPackage> readInstalled(String name, Answer answer) {
        return answer.text()
                .lines()
                .map(line -> line.split("\t"))
                .filter(fields -> fields.length == 4 && isInstalled(fields[0]))
                .map(fields -> new InstalledPackage(fields[1], fields[2], fields[3]))
                .findFirst();
    }

    /** What waits for triggers is configured; half-configured and config-files are something else. */
    private static boolean isInstalled(String status) {
        return status.equals("installed") || status.equals("triggers-pending") || status.equals("triggers-awaited");
    }

    @Override
    public List<String> files(String name) {
        return List.of("dpkg-query", "--listfiles", "--", name);
    }

    @Override
    public List<String> configuration(String name) {
        return List.of("dpkg-query", "--show", "--showformat=${Conffiles}\\n", "--", name);
    }

    @Override
    public List<String> readConfiguration(Answer answer) {
        return answer.text()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("/"))
                .map(line -> line.split(" ")[0])
                .toList();
    }

    @Override
    public List<String> owner(String path) {
        return List.of("dpkg-query", "--search", "--", quoted(path));
    }

    /** "nginx-common, nginx: /etc/nginx", "libc6:amd64: /lib/...", "diversion by x from: /y". */
    @Override
    public Optional<String> readOwner(String path, Answer answer) {
        String end = ": " + path;
        return answer.text()
                .lines()
                .filter(line -> line.endsWith(end) && !line.startsWith("diversion by "))
                .map(line -> line.substring(0, line.length() - end.length()).split(", ")[0])
                .map(name -> name.indexOf(':') < 0 ? name : name.substring(0, name.indexOf(':')))
                .findFirst();
    }

    @Override
    public boolean saysNo(Answer answer) {
        return answer.status() == 1;
    }

    @Override
    public List<String> halfGone() {
        return List.of("dpkg-query", "--show", "--showformat=${db:Status-Status}\\t${Package}\\n");
    }

    @Override
    public List<String> readHalfGone(Answer answer) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("config-files\t"))
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .toList();
    }

    @Override
    public List<String> owned(Collection<String> paths) {
        List<String> question = new ArrayList<>(List.of("dpkg-query", "--search", "--"));
        paths.forEach(path -> question.add(quoted(path)));
        return question;
    }

    /** "one, two: /path", and for paths that were diverted "diversion by one from: /path". */
    @Override
    public Set<String> readOwned(Answer answer) {
        Set<String> owned = new HashSet<>();
        answer.text().lines().forEach(line -> {
            int path = line.indexOf(": /");
            if (path > 0) {
                owned.add(line.substring(path + 2));
            }
        });
        return owned;
    }

    /** A path is a pattern there, so what is special in patterns is quoted. */
    private static String quoted(String path) {
        return path.replaceAll("([\\\\*?\\[])", "\\\\$1");
    }
}

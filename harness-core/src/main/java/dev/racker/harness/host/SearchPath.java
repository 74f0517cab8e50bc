package dev.racker.harness.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The directories in which programs are looked up, in order. */
final class SearchPath {

    /** What execvp(3) searches when PATH is not set, and the administrator's directories. */
    private static final String DEFAULT = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final HostFiles files;
    private final List<String> directories = new ArrayList<>();

    SearchPath(HostFiles files, String path) {
        this.files = files;
        String list = path == null || path.isEmpty() ? DEFAULT : path;
        int from = 0;
        while (from <= list.length()) {
            int end = list.indexOf(':', from);
            end = end < 0 ? list.length() : end;
            String directory = list.substring(from, end);
            // A relative entry would let the working directory decide which program root runs.
            if (directory.startsWith("/")) {
                directories.add(directory);
            }
            from = end + 1;
        }
    }

    /** The first executable file of that name, in the search path or else in the extra directories; or null. */
    Path find(String program, List<String> extraDirectories) {
        Path found = find(program, directories.toArray(new String[0]));
        return found != null ? found : find(program, extraDirectories.toArray(new String[0]));
    }

    private Path find(String program, String[] places) {
        for (String place : places) {
            Path candidate = files.at(place).resolve(program);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}

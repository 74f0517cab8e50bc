package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.TarEntry.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives directories that a layer only passes through the attributes that they have below it, because overlayfs shows
 * those of the highest layer that has the directory at all.
 */
public final class InheritedAttributes {

    private static final String OPAQUE = "trusted.overlay.opaque";
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final CommandRunner runner;

    /** Creates one that runs GNU tar with {@code runner}. */
    public InheritedAttributes(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Copies owner, mode, time and extended attributes.
     *
     * @param layer the layer that was unpacked
     * @param implicitDirectories {@link Extraction#implicitDirectories()} of it
     * @param lowerTopFirst the layers below it, the nearest first, with owners mapped as in {@code layer}
     * @return how many directories were found below; what is not there stays as it is
     */
    public int adopt(Path layer, List<String> implicitDirectories, List<Path> lowerTopFirst) {
        Set<String> wanted = new LinkedHashSet<>(implicitDirectories);
        Map<String, TarEntry> found = new LinkedHashMap<>();
        try {
            for (Path lower : lowerTopFirst) {
                if (!wanted.isEmpty()) {
                    search(lower, wanted, found);
                }
            }
            if (!found.isEmpty()) {
                apply(layer, found);
            }
        } catch (IOException e) {
            throw new UnpackException(
                    "Tried to give directories in " + layer + " their attributes, but: " + e.getMessage(),
                    "Try again.",
                    e);
        }
        return found.size();
    }

    /** Looks in one layer, and strikes out what it has and what it hides in the layers below it. */
    private void search(Path lower, Set<String> wanted, Map<String, TarEntry> found) throws IOException {
        Set<String> present = new LinkedHashSet<>();
        Set<String> hidden = new LinkedHashSet<>();
        for (String directory : wanted) {
            for (String prefix : prefixes(directory)) {
                Path path = lower.resolve(prefix);
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    present.add(prefix);
                } else {
                    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                        hidden.add(directory);
                    }
                    break;
                }
            }
        }
        Map<String, TarEntry> entries = read(lower, present);
        wanted.removeIf(directory -> {
            TarEntry entry = entries.get(directory);
            if (entry != null) {
                found.put(directory, entry);
            }
            return entry != null || hidden.contains(directory) || isBelowOpaque(directory, entries);
        });
    }

    private static boolean isBelowOpaque(String directory, Map<String, TarEntry> entries) {
        for (String prefix : prefixes(directory)) {
            TarEntry entry = entries.get(prefix);
            if (entry != null && entry.metadata().xattrs().containsKey(OPAQUE)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> prefixes(String directory) {
        List<String> prefixes = new ArrayList<>();
        int slash = directory.indexOf('/');
        while (slash > 0) {
            prefixes.add(directory.substring(0, slash));
            slash = directory.indexOf('/', slash + 1);
        }
        prefixes.add(directory);
        return prefixes;
    }

    private Map<String, TarEntry> read(Path lower, Set<String> directories) throws IOException {
        if (directories.isEmpty()) {
            return Map.of();
        }
        String names = String.join("\0", directories) + '\0';
        Command command = Command.of("tar", "--create", "--file=-", "--directory=" + lower.toAbsolutePath())
                .with("--format=posix", "--numeric-owner", "--xattrs", "--xattrs-include=*", "--no-recursion")
                .with("--null", "--verbatim-files-from", "--files-from=-")
                .stdin(Input.of(names))
                .timeout(LONGEST);
        byte[] archive = runner.run(command).stdout();
        Map<String, TarEntry> entries = new HashMap<>();
        TarReader reader = new TarReader(new ByteArrayInputStream(archive));
        TarEntry entry = reader.next();
        while (entry != null) {
            String name = String.join("/", EntryName.components(entry.name()));
            String decoded = RawText.decode(name);
            entries.put(name.isEmpty() ? "." : decoded, entry);
            entry = reader.next();
        }
        return entries;
    }

    private void apply(Path layer, Map<String, TarEntry> found) throws IOException {
        try (TarProcess process = TarProcess.start(runner, layer, TarProcess.Existing.UPDATE)) {
            List<Map.Entry<String, TarEntry>> childrenFirst = new ArrayList<>(found.entrySet());
            childrenFirst.sort(Map.Entry.<String, TarEntry>comparingByKey().reversed());
            for (Map.Entry<String, TarEntry> one : childrenFirst) {
                Map<String, byte[]> xattrs =
                        new HashMap<>(one.getValue().metadata().xattrs());
                xattrs.keySet().removeIf(name -> name.startsWith("trusted.overlay."));
                process.writer()
                        .entry(new TarEntry(
                                TarEntry.DIRECTORY,
                                RawText.encode(one.getKey().equals(".") ? "." : "./" + one.getKey()),
                                "",
                                one.getValue().metadata().withXattrs(xattrs),
                                Body.NONE));
            }
            process.finish();
        }
    }
}

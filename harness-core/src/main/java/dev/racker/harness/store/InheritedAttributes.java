package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.TarEntry.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
        try {
            Map<String, TarEntry> found = find(levels(implicitDirectories, lowerTopFirst), implicitDirectories);
            if (!found.isEmpty()) {
                apply(layer, found);
            }
            return found.size();
        } catch (IOException e) {
            throw new UnpackException(
                    "Tried to give directories in " + layer + " their attributes, but: " + e.getMessage(),
                    "Try again.",
                    e);
        }
    }

    /**
     * What one layer has of the directories that are looked for.
     *
     * @param present those of them, and of the directories that they are in, that it has
     * @param hidden those that it hides in the layers below it
     */
    private record Level(Path layer, Set<String> present, Set<String> hidden) {

        static Level of(Path layer, Iterable<String> wanted) {
            Level level = new Level(layer, new LinkedHashSet<>(), new LinkedHashSet<>());
            for (String directory : wanted) {
                for (String prefix : prefixes(directory)) {
                    Path path = layer.resolve(prefix);
                    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                        level.present.add(prefix);
                    } else {
                        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                            level.hidden.add(directory);
                        }
                        break;
                    }
                }
            }
            return level;
        }

        /** Where a directory is, from the root of the file system. */
        String place(String directory) {
            String path = layer.toAbsolutePath().normalize().toString().substring(1);
            return directory.equals(".") ? path : path + "/" + directory;
        }
    }

    /** Looks in one layer after the other, as far as that may be necessary; marks of opaque directories may say no. */
    private static List<Level> levels(List<String> directories, List<Path> lowerTopFirst) {
        List<Level> levels = new ArrayList<>();
        Set<String> wanted = new LinkedHashSet<>(directories);
        for (Path lower : lowerTopFirst) {
            if (wanted.isEmpty()) {
                break;
            }
            Level level = Level.of(lower, wanted);
            levels.add(level);
            wanted.removeAll(level.present());
            wanted.removeAll(level.hidden());
        }
        return levels;
    }

    /** Strikes out in each layer what it has and what it hides in those below it. */
    private Map<String, TarEntry> find(List<Level> levels, List<String> directories) throws IOException {
        Map<String, TarEntry> entries = read(levels);
        Map<String, TarEntry> found = new LinkedHashMap<>();
        Set<String> wanted = new LinkedHashSet<>(directories);
        for (Level level : levels) {
            wanted.removeIf(directory -> {
                TarEntry entry = entries.get(level.place(directory));
                if (entry != null) {
                    found.put(directory, entry);
                }
                return entry != null || level.hidden().contains(directory) || isBelowOpaque(directory, level, entries);
            });
        }
        return found;
    }

    private static boolean isBelowOpaque(String directory, Level level, Map<String, TarEntry> entries) {
        for (String prefix : prefixes(directory)) {
            TarEntry entry = entries.get(level.place(prefix));
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

    /** One process reads what all layers have: many layers with directories that nobody has told of are not rare. */
    private Map<String, TarEntry> read(List<Level> levels) throws IOException {
        StringBuilder names = new StringBuilder();
        for (Level level : levels) {
            for (String directory : level.present()) {
                names.append(level.place(directory)).append('\0');
            }
        }
        if (names.isEmpty()) {
            return Map.of();
        }
        Command command = Command.of("tar", "--create", "--file=-", "--directory=/")
                .with("--format=posix", "--numeric-owner", "--xattrs", "--xattrs-include=*", "--no-recursion")
                .with("--null", "--verbatim-files-from", "--files-from=-")
                .stdin(Input.of(names.toString()))
                .stdout(Output.pipe())
                .timeout(LONGEST);
        Map<String, TarEntry> entries = new HashMap<>();
        try (InputStream archive =
                new ProgramInputStream(runner.start(command), null, (result, cause) -> failure(result))) {
            TarReader reader = new TarReader(archive);
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.put(RawText.decode(String.join("/", EntryName.components(entry.name()))), entry);
            }
            reader.drain();
        }
        return entries;
    }

    private static UnpackException failure(CommandResult result) {
        return new UnpackException(
                "Tried to read the attributes of directories in layers, but: " + result.errorText(),
                "Try again.",
                null);
    }

    private void apply(Path layer, Map<String, TarEntry> found) throws IOException {
        try (TarProcess process = TarProcess.start(runner, layer, TarProcess.Existing.UPDATE)) {
            Map<String, TarEntry> childrenFirst = new TreeMap<>(Collections.reverseOrder());
            childrenFirst.putAll(found);
            for (Map.Entry<String, TarEntry> one : childrenFirst.entrySet()) {
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

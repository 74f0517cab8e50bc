package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.LayerDirectories.Layer;
import dev.racker.harness.store.TarEntry.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes that directories have below a layer which only passes through them: overlayfs shows those of the highest
 * layer that has the directory at all.
 */
final class InheritedAttributes {

    private static final String OVERLAY = "trusted.overlay.";
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final CommandRunner runner;

    /** Creates one that runs GNU tar with {@code runner}. */
    InheritedAttributes(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Looks for the directories that no member of a layer's archive stands for.
     *
     * @param stack the layers, the lowest first; those that were unpacked do not have their attributes yet
     * @return for each layer the attributes by the names that its {@link UnpackedLayer#directories} have; what is not
     *     below it is not among them
     */
    List<Map<String, Metadata>> of(List<Layer> stack) throws IOException {
        List<List<Level>> below = new ArrayList<>();
        for (int i = 0; i < stack.size(); i++) {
            below.add(levels(implicit(stack.get(i)), stack.subList(0, i)));
        }
        if (below.stream().allMatch(List::isEmpty)) {
            return Collections.nCopies(stack.size(), Map.of());
        }
        Map<String, Metadata> known = read(below);
        List<Map<String, Metadata>> adopted = new ArrayList<>();
        for (int i = 0; i < stack.size(); i++) {
            adopted.add(adopt(stack.get(i), below.get(i), known));
        }
        return adopted;
    }

    private static List<String> implicit(Layer layer) {
        return layer.unpacked() == null
                ? List.of()
                : layer.unpacked().extraction().implicitDirectories();
    }

    /**
     * What one layer has of the directories that are looked for.
     *
     * @param present those of them, and of the directories that they are in, that it has
     * @param hidden those that it hides in the layers below it
     */
    private record Level(Layer layer, Set<String> present, Set<String> hidden) {

        static Level of(Layer layer, Iterable<String> wanted) {
            Level level = new Level(layer, new LinkedHashSet<>(), new LinkedHashSet<>());
            for (String directory : wanted) {
                for (String prefix : prefixes(directory)) {
                    Path path = layer.tree().resolve(prefix);
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
    }

    /** Where a directory is, from the root of the file system. */
    private static String place(Layer layer, String directory) {
        String path = layer.tree().toAbsolutePath().normalize().toString().substring(1);
        return directory.equals(".") ? path : path + "/" + directory;
    }

    /** The same as archives have it, which is how attributes are found. */
    private static String key(Layer layer, String directory) {
        return RawText.encode(place(layer, directory));
    }

    /** Looks in one layer after the other, as far as that may be necessary; marks of opaque directories may say no. */
    private static List<Level> levels(List<String> directories, List<Layer> lowestFirst) {
        List<Level> levels = new ArrayList<>();
        Set<String> wanted = new LinkedHashSet<>(directories);
        for (int i = lowestFirst.size() - 1; i >= 0 && !wanted.isEmpty(); i--) {
            Level level = Level.of(lowestFirst.get(i), wanted);
            levels.add(level);
            wanted.removeAll(level.present());
            wanted.removeAll(level.hidden());
            if (level.layer().hides()) {
                break;
            }
        }
        return levels;
    }

    /** Strikes out in each layer what it has and what it hides in those below it; what is found becomes known. */
    private static Map<String, Metadata> adopt(Layer layer, List<Level> below, Map<String, Metadata> known) {
        Map<String, Metadata> own = own(layer);
        Map<String, Metadata> found = new HashMap<>();
        Set<String> wanted = new LinkedHashSet<>(implicit(layer));
        for (Level level : below) {
            wanted.removeIf(directory -> {
                Metadata there = known.get(key(level.layer(), directory));
                if (there != null) {
                    found.put(raw(directory), merged(there, own.get(raw(directory))));
                }
                return there != null || level.hidden().contains(directory) || isBelowOpaque(directory, level, known);
            });
        }
        own.putAll(found);
        String root = key(layer, ".");
        own.forEach((name, metadata) -> known.put(root + name.substring(1), metadata));
        return found;
    }

    /** What the archive says of a layer's directories, by their names in it; of a layer that was complete before nothing. */
    private static Map<String, Metadata> own(Layer layer) {
        Map<String, Metadata> own = new HashMap<>();
        if (layer.unpacked() != null) {
            for (TarEntry directory : layer.unpacked().directories()) {
                own.put(directory.name(), directory.metadata());
            }
        }
        return own;
    }

    /** The name that a directory has in an archive. */
    private static String raw(String directory) {
        return RawText.encode(directory.equals(".") ? "." : "./" + directory);
    }

    /** What overlayfs makes of a directory is the layer's own. */
    private static Metadata merged(Metadata below, Metadata own) {
        Map<String, byte[]> xattrs = new HashMap<>(below.xattrs());
        xattrs.keySet().removeIf(name -> name.startsWith(OVERLAY));
        own.xattrs().forEach((name, value) -> {
            if (name.startsWith(OVERLAY)) {
                xattrs.put(name, value);
            }
        });
        return below.withXattrs(xattrs);
    }

    private static boolean isBelowOpaque(String directory, Level level, Map<String, Metadata> known) {
        for (String prefix : prefixes(directory)) {
            Metadata metadata = known.get(key(level.layer(), prefix));
            if (metadata != null && metadata.xattrs().containsKey(OpaqueDump.ATTRIBUTE)) {
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

    /**
     * Reads what the layers have that were complete before, by {@link #key}. One process does it for all: many layers with
     * directories that nobody has told of are not rare.
     */
    private Map<String, Metadata> read(List<List<Level>> below) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (List<Level> levels : below) {
            for (Level level : levels) {
                if (level.layer().unpacked() == null) {
                    level.present().forEach(directory -> names.add(place(level.layer(), directory)));
                }
            }
        }
        Map<String, Metadata> known = new HashMap<>();
        if (names.isEmpty()) {
            return known;
        }
        Command command = Command.of("tar", "--create", "--file=-", "--directory=/")
                .with("--format=posix", "--numeric-owner", "--xattrs", "--xattrs-include=*", "--no-recursion")
                .with("--null", "--verbatim-files-from", "--files-from=-")
                .stdin(Input.of(String.join("\0", names) + "\0"))
                .stdout(Output.pipe())
                .timeout(LONGEST);
        try (InputStream archive =
                new ProgramInputStream(runner.start(command), null, (result, cause) -> failure(result))) {
            TarReader reader = new TarReader(archive);
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                known.put(String.join("/", EntryName.components(entry.name())), entry.metadata());
            }
            reader.drain();
        }
        return known;
    }

    private static UnpackException failure(CommandResult result) {
        return new UnpackException(
                "Tried to read the attributes of directories in layers, but: " + result.errorText(),
                "Try again.",
                null);
    }
}

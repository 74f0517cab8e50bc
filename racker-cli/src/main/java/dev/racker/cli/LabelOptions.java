package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What users note about a container. */
final class LabelOptions extends Options {

    private final Values<String> labels = texts("-l, --label", "NAME[=VALUE]", "Note something about the container.");

    private final Values<Path> files =
            values(Path.class, "--label-file", "FILE", "Note what this file says, one label in a line.");

    private Map<String, String> typed;

    /** Later ones win: image, files, options. */
    Map<String, String> labels(ImageConfig image) {
        Map<String, String> all = new LinkedHashMap<>(image.labels());
        all.putAll(typed());
        return all;
    }

    /** What files and options say; files are read once, because they may be pipes. */
    private Map<String, String> typed() {
        if (typed == null) {
            typed = new LinkedHashMap<>();
            files.list().forEach(file -> read(file, typed));
            labels.list().forEach(label -> put(typed, label));
        }
        return typed;
    }

    private static void read(Path file, Map<String, String> all) {
        try {
            for (String line : Files.readAllLines(file)) {
                String label = line.strip();
                if (!label.isEmpty() && !label.startsWith("#")) {
                    put(all, label);
                }
            }
        } catch (NoSuchFileException e) {
            throw new HarnessException(
                    "Tried to read the labels in " + file + ", but there is no such file.",
                    "Check the path that is given with --label-file.",
                    e);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to read the labels in " + file + ", but: " + e.getMessage() + ".",
                    "Check that it is a readable text file in UTF-8.",
                    e);
        }
    }

    private static void put(Map<String, String> all, String label) {
        int equals = label.indexOf('=');
        String name = equals < 0 ? label : label.substring(0, equals);
        if (name.isEmpty()) {
            throw new HarnessException(
                    "Tried to read the label \"" + label + "\", but it has no name.", "Write NAME=VALUE.");
        }
        all.put(name, equals < 0 ? "" : label.substring(equals + 1));
    }
}

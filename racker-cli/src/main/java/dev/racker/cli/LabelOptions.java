package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What users note about a container. */
final class LabelOptions {

    @Option(
            names = {"-l", "--label"},
            paramLabel = "NAME[=VALUE]",
            description = "Note something about the container.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--label-file", paramLabel = "FILE", description = "Note what this file says, one label in a line.")
    private List<Path> files = new ArrayList<>();

    /** Later ones win: image, files, options. */
    Map<String, String> labels(ImageConfig image) {
        Map<String, String> all = new LinkedHashMap<>(image.labels());
        for (Path file : files) {
            try {
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(line -> put(all, line));
            } catch (IOException e) {
                throw new HarnessException(
                        "Tried to read the labels in " + file + ", but: " + e.getMessage() + ".",
                        "Check the path that is given with --label-file.",
                        e);
            }
        }
        labels.forEach(label -> put(all, label));
        return all;
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

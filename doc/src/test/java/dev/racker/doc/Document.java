package dev.racker.doc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One reStructuredText file of the project. */
record Document(Path file, List<String> lines) {

    /** The project's directory; tests run in the one of their module. */
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    /** Reads a file by its path inside the project. */
    static Document read(String path) {
        Path file = PROJECT.resolve(path);
        try {
            return new Document(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them. */
    static List<Document> all() {
        List<Document> all = new ArrayList<>(List.of(read("README.rst"), read("benchmarks/README.rst")));
        try (Stream<Path> files = Files.list(PROJECT.resolve("doc"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".rst"))
                    .sorted()
                    .forEach(name -> all.add(read("doc/" + name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    String text() {
        return String.join("\n", lines);
    }

    /** What follows the heading, up to the next heading that is underlined with the same character. */
    List<String> section(String heading) {
        int start = 1;
        while (start < lines.size() && !(lines.get(start - 1).equals(heading) && isUnderline(lines.get(start)))) {
            start++;
        }
        if (start == lines.size()) {
            throw new AssertionError(this + " has no section \"" + heading + "\"");
        }
        char level = lines.get(start).charAt(0);
        int end = start + 1;
        while (end < lines.size()
                && !(isUnderline(lines.get(end)) && lines.get(end).charAt(0) == level)) {
            end++;
        }
        return lines.subList(start + 1, end < lines.size() ? end - 1 : end);
    }

    /** The code blocks of a language, without their indent. */
    List<String> codeBlocks(String language) {
        List<String> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(".. code-block:: " + language)) {
                StringBuilder block = new StringBuilder();
                for (i++;
                        i < lines.size()
                                && (lines.get(i).isBlank() || lines.get(i).startsWith("    "));
                        i++) {
                    block.append(lines.get(i).isBlank() ? "" : lines.get(i).substring(4))
                            .append('\n');
                }
                blocks.add(block.toString().strip() + "\n");
                i--;
            }
        }
        return blocks;
    }

    private static boolean isUnderline(String line) {
        return line.length() > 2
                && "=-~".indexOf(line.charAt(0)) >= 0
                && line.chars().allMatch(c -> c == line.charAt(0));
    }

    @Override
    public String toString() {
        return PROJECT.relativize(file).toString();
    }
}

package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tree as {@code find}, {@code sha256sum} and {@code getfattr} see it: one line of text for each name. */
final class TreeSnapshot {

    private TreeSnapshot() {}

    /**
     * Looks at a tree: type, mode, owners, time (ns), size, link target, hard links, content, device number, extended
     * attributes. The size of directories is left out, because it is the file system's business.
     */
    static Map<String, String> of(CommandRunner runner, Path root) throws IOException {
        Map<String, String> lines = new TreeMap<>();
        Map<String, List<String>> links = new HashMap<>();
        String[] found = records(
                runner,
                Command.of("find", ".", "-printf", "%P\\0%y\\0%m %U:%G %T@\\0%s\\0%l\\0%i\\0")
                        .in(root));
        for (int i = 0; i + 5 < found.length; i += 6) {
            String type = found[i + 1];
            boolean isDirectory = type.equals("d");
            lines.put(
                    found[i],
                    type + " " + found[i + 2] + (isDirectory ? "" : " size " + found[i + 3])
                            + (type.equals("l") ? " -> " + found[i + 4] : "")
                            + (type.equals("b") || type.equals("c") ? " device " + device(root, found[i]) : ""));
            if (!isDirectory) {
                links.computeIfAbsent(found[i + 5], inode -> new ArrayList<>()).add(found[i]);
            }
        }
        links.values().forEach(names -> {
            names.sort(null);
            names.forEach(name -> lines.merge(name, names.size() == 1 ? "" : " links " + names, String::concat));
        });
        content(runner, root, lines);
        attributes(runner, root, lines);
        return lines;
    }

    private static String device(Path root, String name) throws IOException {
        return Files.getAttribute(root.resolve(name), "unix:rdev").toString();
    }

    private static void content(CommandRunner runner, Path root, Map<String, String> lines) {
        for (String line : records(
                runner,
                Command.of("find", ".", "-type", "f", "-exec", "sha256sum", "-z", "--", "{}", "+")
                        .in(root))) {
            if (!line.isEmpty()) {
                lines.merge(line.substring(68), " sha256 " + line.substring(0, 64), String::concat);
            }
        }
    }

    private static void attributes(CommandRunner runner, Path root, Map<String, String> lines) {
        String all = new String(
                runner.run(Command.of("getfattr", "-h", "-d", "-m", "-", "-e", "hex", "-R", ".")
                                .in(root))
                        .stdout(),
                StandardCharsets.ISO_8859_1);
        for (String file : all.split("\n\n")) {
            if (!file.isEmpty()) {
                int end = file.indexOf('\n');
                String[] attributes = file.substring(end + 1).split("\n");
                java.util.Arrays.sort(attributes);
                String name = unescape(file.substring("# file: ".length(), end));
                lines.merge(name.equals(".") ? "" : name, " xattrs " + List.of(attributes), String::concat);
            }
        }
    }

    /** getfattr writes some bytes as a backslash and three octal digits. */
    private static String unescape(String name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 3 < name.length()) {
                c = (char) Integer.parseInt(name.substring(i + 1, i + 4), 8);
                i += 3;
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static String[] records(CommandRunner runner, Command command) {
        return new String(runner.run(command).stdout(), StandardCharsets.ISO_8859_1).split("\0", -1);
    }
}

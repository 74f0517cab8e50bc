package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of a command, put together as docker does: what is said later replaces what was said before. */
final class Variables {

    private final Map<String, String> all = new LinkedHashMap<>();
    private final Map<String, String> host;

    /** Takes the environment of this process, which variables without a value are passed on from. */
    Variables(Map<String, String> host) {
        this.host = host;
    }

    Variables set(String name, String value) {
        all.put(name, value);
        return this;
    }

    /** Adds {@code NAME=VALUE} and {@code NAME} of some origin. */
    Variables add(List<String> variables, String origin) {
        variables.forEach(variable -> put(variable, origin));
        return this;
    }

    /**
     * Reads those in files, one in a line.
     *
     * @throws HarnessException when a file cannot be read, or holds a line without a name
     */
    static List<String> inFiles(List<Path> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        List<String> variables = new ArrayList<>();
        for (Path file : files) {
            for (String line : lines(file)) {
                String variable = line.stripLeading();
                if (!variable.isEmpty() && !variable.startsWith("#")) {
                    requireName(variable, file.toString());
                    variables.add(variable);
                }
            }
        }
        return variables;
    }

    /** Adds those of options; one without a value that is not set here is passed on as it is, which is not at all. */
    Variables addOptions(List<String> options) {
        for (String variable : options) {
            put(variable, "--env");
            if (variable.indexOf('=') < 0 && !host.containsKey(variable)) {
                all.remove(variable);
            }
        }
        return this;
    }

    /** Checks that systemd takes the names. */
    Variables requireShellNames() {
        for (String name : all.keySet()) {
            if (!isName(name)) {
                throw new HarnessException(
                        "Tried to set the variable \"" + name + "\", but systemd takes no such name.",
                        "A name is made of letters, digits and \"_\"; a container that is not booted may have others.");
            }
        }
        return this;
    }

    /** {@code NAME=VALUE} for each. */
    List<String> list() {
        List<String> variables = new ArrayList<>(all.size());
        all.forEach((name, value) -> variables.add(name + "=" + value));
        return variables;
    }

    private void put(String variable, String origin) {
        int equals = variable.indexOf('=');
        String name = equals < 0 ? variable : variable.substring(0, equals);
        requireName(variable, origin);
        if (equals >= 0) {
            all.put(name, variable.substring(equals + 1));
        } else if (host.containsKey(name)) {
            all.put(name, host.get(name));
        }
    }

    private static void requireName(String variable, String origin) {
        if (variable.isEmpty() || variable.charAt(0) == '=') {
            throw new HarnessException(
                    "Tried to set the variable \"" + variable + "\" of " + origin + ", but that is no variable's name.",
                    "Write NAME=VALUE.");
        }
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new HarnessException(
                    "Tried to read the variables in " + file + ", but there is no such file.",
                    "Check the path that is given with --env-file.",
                    e);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to read the variables in " + file + ", but: " + e.getMessage() + ".",
                    "Check that it is a readable text file in UTF-8.",
                    e);
        }
    }
}

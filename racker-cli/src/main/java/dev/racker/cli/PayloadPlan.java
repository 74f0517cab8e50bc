package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs in the machine, made of the image's configuration and the options as docker does: Entrypoint, Cmd, Env,
 * User, WorkingDir.
 */
final class PayloadPlan {

    private static final List<String> SHELL = List.of("/bin/sh", "-l");
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ImageConfig image;
    private final RunOptions options;
    private final Map<String, String> host;

    PayloadPlan(ImageConfig image, RunOptions options, Map<String, String> host) {
        this.image = image;
        this.options = options;
        this.host = host;
    }

    /** The command line; a login shell when neither the user nor the image says what to run. */
    List<String> arguments(List<String> command) {
        List<String> arguments = new ArrayList<>();
        boolean replaced = options.entrypoint != null;
        if (!replaced) {
            arguments.addAll(image.entrypoint());
        } else if (!options.entrypoint.isEmpty()) {
            arguments.add(options.entrypoint);
        }
        if (!command.isEmpty()) {
            arguments.addAll(command);
        } else if (!replaced) {
            arguments.addAll(image.cmd());
        }
        return arguments.isEmpty() ? SHELL : arguments;
    }

    String user() {
        String user = options.user != null ? options.user : image.user();
        int colon = user.indexOf(':');
        return colon < 0 ? user : user.substring(0, colon);
    }

    String group() {
        String user = options.user != null ? options.user : image.user();
        int colon = user.indexOf(':');
        return colon < 0 ? "" : user.substring(colon + 1);
    }

    String directory() {
        String directory = options.directory != null ? options.directory : image.workingDir();
        if (directory.isEmpty()) {
            return "/";
        }
        if (!directory.startsWith("/")) {
            throw new HarnessException(
                    "Tried to run the command in the directory \"" + directory + "\", but that is no absolute path.",
                    "Begin it with \"/\".");
        }
        return directory;
    }

    /** Later ones win: defaults, image, files, options. */
    List<String> environment(String hostname, boolean terminal) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("PATH", DEFAULT_PATH);
        if (!hostname.isEmpty()) {
            all.put("HOSTNAME", hostname);
        }
        if (isRoot()) {
            all.put("HOME", "/root");
        }
        if (terminal) {
            all.put("TERM", host.getOrDefault("TERM", "xterm"));
        }
        image.env().forEach(variable -> put(all, variable, "the image"));
        for (Path file : options.environmentFiles) {
            for (String line : lines(file)) {
                String variable = line.stripLeading();
                if (!variable.isEmpty() && !variable.startsWith("#")) {
                    put(all, variable, file.toString());
                }
            }
        }
        for (String variable : options.environment) {
            put(all, variable, "--env");
            if (variable.indexOf('=') < 0 && !host.containsKey(variable)) {
                all.remove(variable); // as docker does: passed on as it is, which is not at all
            }
        }
        List<String> variables = new ArrayList<>(all.size());
        all.forEach((name, value) -> variables.add(name + "=" + value));
        return variables;
    }

    boolean isRoot() {
        String user = user();
        return user.isEmpty() || user.equals("root") || user.equals("0");
    }

    private void put(Map<String, String> all, String variable, String origin) {
        int equals = variable.indexOf('=');
        String name = equals < 0 ? variable : variable.substring(0, equals);
        if (!isName(name)) {
            throw new HarnessException(
                    "Tried to set the variable \"" + variable + "\" of " + origin + ", but that is no variable's name.",
                    "Write NAME=VALUE; a name is made of letters, digits and \"_\".");
        }
        if (equals >= 0) {
            all.put(name, variable.substring(equals + 1));
        } else if (host.containsKey(name)) {
            all.put(name, host.get(name));
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

package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageConfig;
import java.util.ArrayList;
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
    private final List<String> ofFiles;

    PayloadPlan(ImageConfig image, RunOptions options, Map<String, String> host) {
        this(image, options, host, Variables.inFiles(options.environmentFiles.list()));
    }

    private PayloadPlan(ImageConfig image, RunOptions options, Map<String, String> host, List<String> ofFiles) {
        this.image = image;
        this.options = options;
        this.host = host;
        this.ofFiles = ofFiles;
    }

    /** The same options for this image; files are not read again, because they may be pipes. */
    PayloadPlan of(ImageConfig other) {
        return new PayloadPlan(other, options, host, ofFiles);
    }

    /** The command line; a login shell when neither the user nor the image says what to run. */
    List<String> arguments(List<String> command) {
        List<String> arguments = new ArrayList<>();
        boolean replaced = options.entrypoint.given() != null;
        if (!replaced) {
            arguments.addAll(image.entrypoint());
        } else if (!options.entrypoint.given().isEmpty()) {
            arguments.add(options.entrypoint.given());
        }
        if (!command.isEmpty()) {
            arguments.addAll(command);
        } else if (!replaced) {
            arguments.addAll(image.cmd());
        }
        return arguments.isEmpty() ? SHELL : arguments;
    }

    /**
     * Says whether there is nothing to run beside an init: nobody names a command, and the image's own one is at most a
     * shell, which would end at once without a terminal.
     */
    boolean isIdle(List<String> command) {
        if (!command.isEmpty() || options.terminal.isSet() || options.interactive.isSet()) {
            return false;
        }
        List<String> all = arguments(command);
        String program = all.get(0).substring(all.get(0).lastIndexOf('/') + 1);
        return all.equals(SHELL)
                || all.size() == 1
                        && List.of("sh", "bash", "dash", "ash", "zsh", "init", "systemd")
                                .contains(program);
    }

    String user() {
        String user = options.user.given() != null ? options.user.given() : image.user();
        int colon = user.indexOf(':');
        return colon < 0 ? user : user.substring(0, colon);
    }

    String group() {
        String user = options.user.given() != null ? options.user.given() : image.user();
        int colon = user.indexOf(':');
        return colon < 0 ? "" : user.substring(colon + 1);
    }

    String directory() {
        String directory = options.directory.given() != null ? options.directory.given() : image.workingDir();
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

    /** The environment of a payload that systemd starts, which takes no names but a shell's. */
    List<String> environment(boolean terminal) {
        Variables variables = new Variables(host).set("PATH", DEFAULT_PATH);
        if (isRoot()) {
            variables.set("HOME", "/root");
        }
        return environment(variables, terminal).requireShellNames().list();
    }

    /** The environment of a payload that is not booted; it finds its home by itself. */
    List<String> unbootedEnvironment(boolean terminal) {
        return environment(new Variables(host).set("PATH", DEFAULT_PATH), terminal)
                .list();
    }

    /** Later ones win: defaults, image, files, options. */
    private Variables environment(Variables variables, boolean terminal) {
        if (terminal) {
            variables.set("TERM", host.getOrDefault("TERM", "xterm"));
        }
        return variables.add(image.env(), "the image").add(ofFiles, "a file").addOptions(options.environment.list());
    }

    private boolean isRoot() {
        String user = user();
        return user.isEmpty() || user.equals("root") || user.equals("0");
    }
}

package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.Json;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Reads docker's seccomp profiles as far as systemd-nspawn can do what they say: lists of names, nothing finer. */
public final class SeccompProfile {

    private static final String ALLOW = "SCMP_ACT_ALLOW";
    private static final String REFUSE = "SCMP_ACT_ERRNO";
    private static final int EPERM = 1;

    private final Path file;

    private SeccompProfile(Path file) {
        this.file = file;
    }

    /**
     * Reads a profile.
     *
     * @param runner asks systemd-analyze(1) for the names of system calls when the profile names what it allows
     * @throws HarnessException when it cannot be read, or says what systemd-nspawn cannot do
     */
    public static Seccomp read(Path file, CommandRunner runner) {
        return new SeccompProfile(file).read(runner);
    }

    private Seccomp read(CommandRunner runner) {
        JsonNode tree = tree();
        String byDefault = tree.path("defaultAction").asString("");
        if (!byDefault.equals(ALLOW) && !byDefault.equals(REFUSE)) {
            throw wrong("its default action is \"" + byDefault + "\"");
        }
        refuses(tree.path("defaultErrnoRet"));
        TreeSet<String> allowed = new TreeSet<>();
        TreeSet<String> denied = new TreeSet<>();
        for (JsonNode rule : tree.path("syscalls")) {
            TreeSet<String> names = action(rule).equals(ALLOW) ? allowed : denied;
            names(rule).forEach(names::add);
        }
        if (byDefault.equals(ALLOW)) {
            return new Seccomp(false, List.of("@known"), List.copyOf(denied));
        }
        TreeSet<String> others = known(runner);
        others.removeAll(allowed);
        others.addAll(denied);
        return new Seccomp(false, List.copyOf(allowed), List.copyOf(others));
    }

    private JsonNode tree() {
        try {
            return Json.tree(Files.readAllBytes(file));
        } catch (MalformedJsonException e) {
            throw new HarnessException(
                    "Tried to read the seccomp profile " + file + ", but " + e.getMessage() + ".", null, e);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to read the seccomp profile " + file + ", but: " + e.getMessage() + ".",
                    "Give the path of a file, or seccomp=unconfined.",
                    e);
        }
    }

    private String action(JsonNode rule) {
        String action = rule.path("action").asString("");
        if (!action.equals(ALLOW) && !action.equals(REFUSE)) {
            throw wrong("a rule's action is \"" + action + "\"");
        }
        refuses(rule.path("errnoRet"));
        for (String condition : List.of("args", "includes", "excludes")) {
            if (!rule.path(condition).isEmpty()) {
                throw wrong("a rule for \"" + String.join(" ", names(rule)) + "\" has \"" + condition + "\"");
            }
        }
        return action;
    }

    /** What systemd-nspawn refuses fails with EPERM. */
    private void refuses(JsonNode errno) {
        if (!errno.isMissingNode() && !errno.isNull() && errno.asInt(0) != EPERM) {
            throw wrong("it gives an error other than EPERM (1)");
        }
    }

    private static List<String> names(JsonNode rule) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : rule.path("names")) {
            names.add(name.asString(""));
        }
        if (rule.has("name")) {
            names.add(rule.path("name").asString(""));
        }
        return names;
    }

    /** The list of systemd-analyze(1) is one of groups, comments, and indented names. */
    private static TreeSet<String> known(CommandRunner runner) {
        TreeSet<String> names = new TreeSet<>();
        for (String line : runner.run(Command.of("systemd-analyze", "--no-pager", "syscall-filter"))
                .text()
                .split("\n")) {
            String name = line.strip();
            if (line.startsWith(" ") && !name.startsWith("#") && !name.startsWith("@")) {
                names.add(name);
            }
        }
        return names;
    }

    private HarnessException wrong(String reason) {
        return new HarnessException(
                "Tried to read the seccomp profile " + file + ", but " + reason + ", which systemd-nspawn cannot do.",
                "Use SCMP_ACT_ALLOW and SCMP_ACT_ERRNO with lists of names alone.");
    }
}

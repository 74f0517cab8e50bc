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
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Reads docker's seccomp profiles, and decides what their rules are for systemd-nspawn. */
final class SeccompProfileReader {

    private static final String ALLOW = "SCMP_ACT_ALLOW";
    private static final String REFUSE = "SCMP_ACT_ERRNO";
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    private final Path file;
    private final SeccompSurroundings surroundings;
    private final Set<String> allowed = new TreeSet<>();
    private final Set<String> sometimesAllowed = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();
    private final Set<String> sometimesRefused = new TreeSet<>();

    SeccompProfileReader(Path file, SeccompSurroundings surroundings) {
        this.file = file;
        this.surroundings = surroundings;
    }

    SeccompProfile read(CommandRunner runner) {
        JsonNode tree = tree();
        String byDefault = tree.path("defaultAction").asString("");
        if (!byDefault.equals(ALLOW) && !byDefault.equals(REFUSE)) {
            throw wrong("its default action is \"" + byDefault + "\"");
        }
        int error = tree.path("defaultErrnoRet").asInt(EPERM);
        if (error != EPERM && error != ENOSYS) {
            throw wrong("it gives the error " + error + ", neither EPERM (1) nor ENOSYS (38)");
        }
        for (JsonNode rule : tree.path("syscalls")) {
            if (surroundings.apply(rule)) {
                sort(rule);
            }
        }
        return byDefault.equals(ALLOW) ? allowingTheRest() : refusingTheRest(runner);
    }

    private void sort(JsonNode rule) {
        List<String> names = names(rule);
        String action = rule.path("action").asString("");
        boolean conditional = !rule.path("args").isEmpty();
        if (action.equals(ALLOW)) {
            (conditional ? sometimesAllowed : allowed).addAll(names);
        } else if (!action.equals(REFUSE)) {
            throw wrong("a rule's action is \"" + action + "\"");
        } else if (conditional) {
            sometimesRefused.addAll(names);
        } else {
            refuse(names, rule.path("errnoRet").asInt(EPERM));
        }
    }

    /**
     * Programs that do without what the kernel does not have, which ENOSYS says, fail at EPERM: with clone3 refused, the
     * C library starts no thread.
     */
    private void refuse(List<String> names, int error) {
        switch (error) {
            case EPERM -> refused.addAll(names);
            case ENOSYS -> sometimesAllowed.addAll(names);
            default ->
                throw wrong("a rule for \"" + String.join(" ", names) + "\" gives the error " + error
                        + ", neither EPERM (1) nor ENOSYS (38)");
        }
    }

    private SeccompProfile allowingTheRest() {
        sometimesRefused.removeAll(refused);
        sometimesAllowed.removeAll(refused);
        sometimesAllowed.removeAll(sometimesRefused);
        sometimesAllowed.removeAll(allowed);
        Set<String> denied = new TreeSet<>(refused);
        denied.addAll(sometimesRefused);
        return profile(List.of("@known"), denied, sometimesRefused);
    }

    private SeccompProfile refusingTheRest(CommandRunner runner) {
        sometimesAllowed.removeAll(allowed);
        sometimesAllowed.removeAll(refused);
        sometimesRefused.removeAll(sometimesAllowed);
        sometimesRefused.retainAll(allowed);
        sometimesRefused.removeAll(refused);
        allowed.addAll(sometimesAllowed);
        allowed.removeAll(refused);
        allowed.removeAll(sometimesRefused);
        Set<String> others = known(runner);
        others.removeAll(allowed);
        others.addAll(refused);
        others.addAll(sometimesRefused);
        return profile(List.copyOf(allowed), others, sometimesRefused);
    }

    private SeccompProfile profile(List<String> allow, Set<String> deny, Set<String> tightened) {
        return new SeccompProfile(
                file,
                new Seccomp(false, allow, List.copyOf(deny)),
                List.copyOf(sometimesAllowed),
                List.copyOf(tightened));
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

    private List<String> names(JsonNode rule) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : rule.path("names")) {
            names.add(checked(name.asString("")));
        }
        if (rule.has("name")) {
            names.add(checked(rule.path("name").asString("")));
        }
        return names;
    }

    /** To systemd-nspawn, other characters mean groups of names, or several. */
    private String checked(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_')) {
                throw wrong("it names the system call \"" + name + "\"");
            }
        }
        return name;
    }

    /** The list of systemd-analyze(1) is one of groups, comments, and indented names. */
    private static Set<String> known(CommandRunner runner) {
        Set<String> names = new TreeSet<>();
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
                "Use SCMP_ACT_ALLOW, and SCMP_ACT_ERRNO with EPERM or ENOSYS.");
    }
}

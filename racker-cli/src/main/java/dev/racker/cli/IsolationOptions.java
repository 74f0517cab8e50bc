package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Platform;
import dev.racker.harness.machine.Device;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.MemorySize;
import dev.racker.harness.machine.Seccomp;
import dev.racker.harness.machine.SeccompProfile;
import dev.racker.harness.machine.SeccompSurroundings;
import dev.racker.harness.machine.Ulimit;
import dev.racker.harness.machine.Unenforced;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far a machine is kept from its host, as it was typed. */
final class IsolationOptions extends Options {

    final Flag privileged = flag("--privileged", "Keep all capabilities, and do without a user namespace.");

    private final Value<String> userNamespace = text("--userns", "host", "Do without a user namespace.");

    private final Flag readOnly = flag("--read-only", "Let nobody write to the machine's root.");

    private final Values<String> addedCapabilities = texts("--cap-add", "NAME", "Add a capability, or ALL.");

    private final Values<String> droppedCapabilities = texts("--cap-drop", "NAME", "Take a capability away, or ALL.");

    private final Values<String> security = texts(
            "--security-opt",
            "OPTION",
            "no-new-privileges, seccomp=unconfined, or seccomp=FILE with a profile of docker's.");

    private final Values<String> sysctls = texts("--sysctl", "NAME=VALUE", "Set a kernel parameter of the machine.");

    private final Values<String> ulimits =
            texts("--ulimit", "NAME=SOFT[:HARD]", "Limit each process, such as nofile=1024:4096.");

    private final Values<String> devices = texts(
            "--device", "HOST[:CONTAINER][:rwm]", "Show a device of the host inside, or all that are in a directory.");

    private final Value<Integer> oomScore = value(
            Integer.class,
            "--oom-score-adj",
            "NUMBER",
            "How readily the kernel ends it when memory is scarce, -1000 to 1000.");

    private final Value<String> sharedMemory = text("--shm-size", "SIZE", "The size of /dev/shm, such as 64m.");

    private final Flag strict =
            flag("--strict-limits", "Fail when this host cannot enforce a limit, instead of warning.");

    private boolean noNewPrivileges;
    private Seccomp seccomp;
    private List<String> unexpressed = List.of();

    /** Says whether root inside is root outside, because that was asked for. */
    boolean hostUsers() {
        String users = userNamespace.or("");
        if (!users.isEmpty() && !users.equals("host")) {
            throw new HarnessException(
                    "Tried to read --userns \"" + users + "\", but only \"host\" is known.",
                    "Leave the option out for a user namespace.");
        }
        return !users.isEmpty();
    }

    /**
     * Gives the isolation.
     *
     * @param privateNetwork whether the machine gets a network of its own
     * @throws HarnessException when a text is not understood or out of range
     */
    Isolation isolation(boolean privateNetwork, Session session) {
        security.list().forEach(text -> security(text, privateNetwork, session));
        return new Isolation(
                privateNetwork,
                privileged.isSet(),
                readOnly.isSet(),
                noNewPrivileges,
                addedCapabilities.list(),
                droppedCapabilities.list(),
                Optional.ofNullable(seccomp),
                sysctls.list().isEmpty() ? Map.of() : parameters(),
                ulimits.list().isEmpty() ? List.of() : lastUlimits(),
                devices.list().isEmpty() ? List.of() : devices(),
                oomScore.or(0),
                sharedMemory.given() == null ? 0 : MemorySize.parse("--shm-size", sharedMemory.given()));
    }

    private void security(String text, boolean privateNetwork, Session session) {
        // docker takes a colon, too
        int separator = Math.max(text.indexOf('='), text.indexOf('=') < 0 ? text.indexOf(':') : -1);
        String key = separator < 0 ? text : text.substring(0, separator);
        String value = separator < 0 ? "" : text.substring(separator + 1);
        switch (key) {
            case "no-new-privileges" ->
                noNewPrivileges = switch (value) {
                    case "", "true" -> true;
                    case "false" -> false;
                    default -> throw wrong(text, "Write no-new-privileges, with =true or =false behind it.");
                };
            case "seccomp" ->
                seccomp = switch (value) {
                    case "" -> throw wrong(text, "Write seccomp=unconfined or seccomp=FILE.");
                    case "unconfined" -> Seccomp.none();
                    case "builtin" -> null;
                    default -> profile(Path.of(value), privateNetwork, session);
                };
            default -> throw wrong(text, "Only no-new-privileges and seccomp are supported.");
        }
    }

    private Seccomp profile(Path file, boolean privateNetwork, Session session) {
        SeccompSurroundings surroundings = SeccompSurroundings.of(
                privileged.isSet(),
                privateNetwork,
                addedCapabilities.list(),
                droppedCapabilities.list(),
                Platform.host().architecture());
        SeccompProfile profile = SeccompProfile.read(file, surroundings, session.runner());
        unexpressed = profile.differences();
        return profile.seccomp();
    }

    private static HarnessException wrong(String text, String hint) {
        return new HarnessException("Tried to read --security-opt \"" + text + "\", but it is not understood.", hint);
    }

    private Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String text : sysctls.list()) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new HarnessException(
                        "Tried to read --sysctl \"" + text + "\", but it holds no \"=\".",
                        "Write NAME=VALUE, such as net.ipv4.ip_forward=1.");
            }
            all.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return all;
    }

    /** A later one of the same name replaces an earlier one. */
    private List<Ulimit> lastUlimits() {
        Map<String, Ulimit> all = new LinkedHashMap<>();
        for (String text : ulimits.list()) {
            Ulimit ulimit = Ulimit.parse(text);
            all.put(ulimit.name(), ulimit);
        }
        return List.copyOf(all.values());
    }

    private List<Device> devices() {
        List<Device> all = new ArrayList<>(devices.list().size());
        for (String text : devices.list()) {
            all.add(Device.parse(text));
        }
        return all;
    }

    /**
     * Tells what this host cannot enforce.
     *
     * @throws HarnessException when that is an error, or the host has not what is asked for
     */
    void checkLimits(Harness harness, Limits limits, Isolation isolation, PrintStream err) {
        for (String difference : unexpressed) {
            tell(difference, "Leave out --strict-limits to go on so, or use another profile.", err);
        }
        if (limits.isNone() && isolation.devices().isEmpty()) {
            return;
        }
        for (Unenforced limit : harness.limits().unenforced(limits, isolation.devices())) {
            tell(limit.message(), "Leave out --strict-limits to go on without, or enable the controller.", err);
        }
    }

    private void tell(String message, String hint, PrintStream err) {
        if (strict.isSet()) {
            throw new HarnessException(message, hint);
        }
        err.println("racker: warning: " + message);
    }
}

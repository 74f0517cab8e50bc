package dev.racker.harness.host;

import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Programs are missing; the message names all of them, the hint one command that installs them. */
public final class MissingToolsException extends HarnessException {

    private static final long serialVersionUID = 1L;

    private final transient List<Tool> missing;

    MissingToolsException(List<Tool> missing, Optional<HostPackageManager> family) {
        super(message(missing), advice(missing, family), null);
        this.missing = List.copyOf(missing);
    }

    /** The missing tools, in the order in which they were asked for. */
    public List<Tool> missing() {
        return missing;
    }

    /** The command that installs all of these tools that the family has packages for; empty when there is none. */
    public static Optional<String> installCommand(List<Tool> tools, HostPackageManager family) {
        Set<String> packages = new LinkedHashSet<>();
        for (Tool tool : tools) {
            tool.packageName(family).ifPresent(packages::add);
        }
        return packages.isEmpty() ? Optional.empty() : Optional.of(family.installCommand(List.copyOf(packages)));
    }

    private static String message(List<Tool> missing) {
        List<String> names = new ArrayList<>();
        for (Tool tool : missing) {
            names.add(tool.program() + " (" + tool.purpose() + ")");
        }
        return "Tried to find the programs this needs, but " + (missing.size() == 1 ? "one is" : "these are")
                + " not installed: " + String.join(", ", names) + ".";
    }

    private static String advice(List<Tool> missing, Optional<HostPackageManager> family) {
        if (family.isEmpty()) {
            return "Install " + programs(missing) + " with the package manager of this system.";
        }
        List<Tool> unpackaged = new ArrayList<>();
        for (Tool tool : missing) {
            if (tool.packageName(family.get()).isEmpty()) {
                unpackaged.add(tool);
            }
        }
        Optional<String> command = installCommand(missing, family.get());
        String rest = unpackaged.isEmpty()
                ? ""
                : "There is no " + family.get() + " package for " + programs(unpackaged)
                        + ": install from the project's own releases.";
        return command.map(line -> "Run: " + line + (rest.isEmpty() ? "" : "\n" + rest))
                .orElse(rest);
    }

    private static String programs(List<Tool> tools) {
        List<String> names = new ArrayList<>();
        for (Tool tool : tools) {
            names.add(tool.program());
        }
        return String.join(", ", names);
    }
}

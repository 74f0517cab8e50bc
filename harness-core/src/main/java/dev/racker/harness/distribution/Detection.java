package dev.racker.harness.distribution;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out which package manager a machine has. */
final class Detection {

    private static final Duration LOOK = Duration.ofSeconds(30);

    /** The words of ID and ID_LIKE on the first line, then the programs that are there; a constant script. */
    private static final String SCRIPT = """
            ID= ID_LIKE=
            for file in /etc/os-release /usr/lib/os-release; do
                if [ -r "$file" ]; then . "$file"; break; fi
            done
            echo "$ID $ID_LIKE"
            for program in apt-get dnf dnf5 yum microdnf zypper pacman; do
                if command -v "$program" >/dev/null; then echo "$program"; fi
            done
            """;

    private Detection() {}

    static PackageTool tool(Machine machine) {
        CommandResult result = machine.tool(List.of("/bin/sh", "-c", SCRIPT), LOOK);
        if (result.status() != 0) {
            throw new HarnessException(
                    "Tried to find the package manager of " + machine.name() + ", but /bin/sh there said: "
                            + result.errorText(),
                    null);
        }
        return choose(machine.name(), result.text());
    }

    static PackageTool choose(String machine, String said) {
        List<String> lines = new ArrayList<>(said.lines().toList());
        String family = lines.isEmpty() ? "" : lines.remove(0);
        return own(family)
                .filter(lines::contains)
                .or(() -> ofFormat(family, lines))
                .or(() -> lines.stream().findFirst())
                .map(Detection::named)
                .orElseThrow(() -> new HarnessException(
                        "Tried to find the package manager of " + machine
                                + ", but none of apt-get, dnf, yum, microdnf, zypper and pacman is there.",
                        "Choose an image with one of them."));
    }

    /** openSUSE has dnf to be had beside zypper, and only zypper is its own. */
    private static Optional<String> own(String family) {
        return family.contains("suse") || family.startsWith("sle") ? Optional.of("zypper") : Optional.empty();
    }

    private static Optional<String> ofFormat(String family, List<String> programs) {
        return PackageFormat.ofFamily(family)
                .flatMap(format -> programs.stream()
                        .filter(program -> named(program).format() == format)
                        .findFirst());
    }

    private static PackageTool named(String program) {
        return switch (program) {
            case "apt-get" -> new Apt();
            case "microdnf" -> new Microdnf();
            case "zypper" -> new Zypper();
            case "pacman" -> new Pacman();
            default -> new Dnf(program);
        };
    }
}

package dev.racker.harness.probe;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandException;
import java.util.List;
import java.util.Optional;

/** Checks that a package is installed, completely, or that it is not. */
public final class PackageProbe implements Probe {

    private static final String ABSENT = "absent";

    private final String name;
    private final String version;
    private final InstalledVersions installed;

    private PackageProbe(String name, String version, InstalledVersions installed) {
        this.name = name;
        this.version = version;
        this.installed = installed;
    }

    /**
     * Reads {@code NAME}, {@code NAME=VERSION}, the whole version as the package manager writes it, or
     * {@code NAME=absent}.
     *
     * @param installed who knows what is installed
     * @throws InvalidProbeException when the name or the version is missing
     */
    public static PackageProbe parse(String text, InstalledVersions installed) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String version = equals < 0 ? "" : text.substring(equals + 1);
        boolean blank = name.isEmpty() || name.chars().anyMatch(c -> c <= ' ');
        if (blank || equals >= 0 && version.isBlank()) {
            throw InvalidProbeException.of(
                    "the package check",
                    text,
                    blank ? "it names no package" : "nothing follows the equals sign",
                    "Write NAME, NAME=VERSION or NAME=absent, such as nginx=1.22.1-9.");
        }
        return new PackageProbe(name, version, installed);
    }

    @Override
    public String kind() {
        return "package";
    }

    @Override
    public String subject() {
        return name;
    }

    @Override
    public List<ProbeResult> run(ProbeContext context) {
        String property = version.isEmpty() || version.equals(ABSENT) ? "state" : "version";
        String expected = version.isEmpty() ? "installed" : version;
        return Findings.of(this, property, expected, context.machine(), findings -> {
            Optional<String> found = find(context);
            boolean good = version.equals(ABSENT)
                    ? found.isEmpty()
                    : found.isPresent() && (version.isEmpty() || version.equals(found.get()));
            String actual = found.map(seen -> property.equals("version") ? seen : "installed, version " + seen)
                    .orElse("not installed");
            return List.of(
                    good
                            ? findings.pass(property, expected, actual)
                            : findings.fail(property, expected, actual, () -> ""));
        });
    }

    private Optional<String> find(ProbeContext context) {
        try {
            return installed.version(context.machine(), name);
        } catch (CommandException e) {
            throw e;
        } catch (HarnessException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new UnlookableException(e.getMessage());
        }
    }
}

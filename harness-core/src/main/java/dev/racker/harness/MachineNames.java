package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.CuratedReference;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import java.util.function.Predicate;

/** Names of containers and machines. */
final class MachineNames {

    /** machinectl(1): a machine's name is a host name; Linux limits that to 64 characters. */
    private static final int LONGEST = 64;

    private static final String PREFIX = "postroj-";
    private static final int SHORT_ID = 4;

    /** As much of an id as is shown; nobody else has it. */
    private static final int WHOLE_ID = 12;

    private MachineNames() {}

    /** A name of ours that is not taken: {@code postroj-<label>-<short id>}, and more of the id when another has that. */
    static String generated(ImageReference reference, String id, Predicate<String> taken) {
        String name = generated(reference, id, SHORT_ID);
        return taken.test(name) ? generated(reference, id, WHOLE_ID) : name;
    }

    private static String generated(ImageReference reference, String id, int digits) {
        String label = hostname(label(reference));
        int most = LONGEST - PREFIX.length() - digits - 1;
        return PREFIX + trimmed(label.substring(0, Math.min(most, label.length()))) + "-" + id.substring(0, digits);
    }

    /**
     * The machine's name for a container that its user named. A host name has no underscores and is shorter than a
     * container's name may be; where they differ, the id keeps it unique.
     */
    static String machine(String containerName, String id) {
        String name = hostname(containerName);
        if (name.equals(containerName) && name.length() <= LONGEST) {
            return name;
        }
        int most = LONGEST - SHORT_ID - 1;
        return trimmed(name.substring(0, Math.min(most, name.length()))) + "-" + id.substring(0, SHORT_ID);
    }

    /** Checks a name as docker does: {@code [a-zA-Z0-9][a-zA-Z0-9_.-]+}. */
    static void check(String name) {
        boolean good = name.length() > 1 && name.length() <= 253 && isAlphanumeric(name.charAt(0));
        for (int i = 1; i < name.length(); i++) {
            good &= isAlphanumeric(name.charAt(i)) || "_.-".indexOf(name.charAt(i)) >= 0;
        }
        if (!good) {
            throw new HarnessException(
                    "Tried to name a container \"" + name + "\", but that is no container name.",
                    "Begin with a letter or digit, and go on with at least one letter, digit, \"_\", \".\" or \"-\".");
        }
    }

    private static String label(ImageReference reference) {
        if (reference instanceof CuratedReference curated) {
            return curated.label();
        }
        if (reference instanceof RegistryReference registry) {
            String repository = registry.repository();
            String last = repository.substring(repository.lastIndexOf('/') + 1);
            return registry.tag() == null ? last : last + "-" + registry.tag();
        }
        String text = reference.toString();
        int end = text.indexOf('.', text.lastIndexOf('/') + 1);
        return text.substring(text.lastIndexOf('/') + 1, end < 0 ? text.length() : end);
    }

    private static String hostname(String text) {
        StringBuilder name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean separator = !isAlphanumeric(c);
            boolean doubled = separator && (name.length() == 0 || !isAlphanumeric(name.charAt(name.length() - 1)));
            if (!doubled) {
                name.append(separator && c != '.' ? '-' : c);
            }
        }
        String trimmed = trimmed(name.toString());
        return trimmed.isEmpty() ? "machine" : trimmed;
    }

    private static String trimmed(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '-' || name.charAt(end - 1) == '.')) {
            end--;
        }
        return name.substring(0, end);
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}

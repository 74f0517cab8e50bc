package dev.racker.harness.machine;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the rules of a seccomp profile may ask about before they count.
 *
 * @param capabilities of the machine, as capabilities(7) names them
 * @param architecture of the host, as Go names it, such as {@code amd64}
 * @param kernel the release of the host's kernel, such as {@code 6.1.0-18-amd64}
 */
public record SeccompSurroundings(Set<String> capabilities, String architecture, String kernel) {

    /** Takes a copy of the set. */
    public SeccompSurroundings {
        capabilities = Set.copyOf(capabilities);
    }

    /**
     * Those of a machine on this host.
     *
     * @param privileged whether it keeps all capabilities
     * @param privateNetwork whether it has a network of its own
     * @param added capabilities beside the usual ones, as a user writes them
     * @param dropped capabilities that it does without
     * @param architecture of the host, as Go names it
     */
    public static SeccompSurroundings of(
            boolean privileged, boolean privateNetwork, List<String> added, List<String> dropped, String architecture) {
        return new SeccompSurroundings(
                Capabilities.held(
                        privileged,
                        privateNetwork,
                        Capabilities.normalized("--cap-add", added),
                        Capabilities.normalized("--cap-drop", dropped)),
                architecture,
                System.getProperty("os.version"));
    }

    /** Says whether a rule counts: all that it includes is there, and nothing that it excludes. */
    boolean apply(JsonNode rule) {
        JsonNode includes = rule.path("includes");
        JsonNode excludes = rule.path("excludes");
        for (JsonNode capability : includes.path("caps")) {
            if (!capabilities.contains(capability.asString(""))) {
                return false;
            }
        }
        for (JsonNode capability : excludes.path("caps")) {
            if (capabilities.contains(capability.asString(""))) {
                return false;
            }
        }
        JsonNode wanted = includes.path("arches");
        return (wanted.isEmpty() || names(wanted))
                && !names(excludes.path("arches"))
                && reaches(includes.path("minKernel").asString(""), true)
                && !reaches(excludes.path("minKernel").asString(""), false);
    }

    private boolean names(JsonNode architectures) {
        for (JsonNode name : architectures) {
            if (name.asString("").equals(architecture)) {
                return true;
            }
        }
        return false;
    }

    private boolean reaches(String version, boolean otherwise) {
        if (version.isEmpty()) {
            return otherwise;
        }
        int difference = part(kernel, 0) - part(version, 0);
        return difference > 0 || difference == 0 && part(kernel, 1) >= part(version, 1);
    }

    /** The number before or behind the first dot; 0 when there is none. */
    private static int part(String version, int index) {
        String[] parts = version.split("\\.");
        int number = 0;
        String text = index < parts.length ? parts[index] : "";
        for (int i = 0; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            number = number * 10 + Character.digit(text.charAt(i), 10);
        }
        return number;
    }
}

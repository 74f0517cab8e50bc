package dev.racker.harness.probe;

import java.util.List;

/** Names of units, see systemd.unit(5). */
final class UnitName {

    private static final int LONGEST = 255;
    private static final List<String> SUFFIXES = List.of(
            ".service",
            ".socket",
            ".device",
            ".mount",
            ".automount",
            ".swap",
            ".target",
            ".path",
            ".timer",
            ".slice",
            ".scope");

    private UnitName() {}

    /** Completes a name as systemctl(1) does: without a suffix of a unit it is that of a service. */
    static String complete(String name) {
        return hasSuffix(name) ? name : name + ".service";
    }

    static boolean hasSuffix(String name) {
        return !suffix(name).isEmpty();
    }

    /** The suffix with its dot; empty when there is none. */
    static String suffix(String name) {
        for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix) && name.length() > suffix.length()) {
                return suffix;
            }
        }
        return "";
    }

    /** Says whether each character may be in the name of a unit, and there is one. */
    static boolean isValid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && ":_.\\-@".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty()
                && name.charAt(0) != '@'
                && name.charAt(0) != '-'
                && complete(name).length() <= LONGEST;
    }

    /** Says whether it is a template, of which only instances can run: {@code getty@.service}. */
    static boolean isTemplate(String completeName) {
        return completeName.contains("@.");
    }
}

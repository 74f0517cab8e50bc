package dev.racker.harness.host;

import java.util.List;

/**
 * What os-release(5) says about a host.
 *
 * @param id ID, {@code linux} when there is none
 * @param like the words of ID_LIKE
 * @param version VERSION_ID, empty for a rolling release
 * @param name PRETTY_NAME, for people
 */
public record HostDistribution(String id, List<String> like, String version, String name) {

    static HostDistribution read(HostFiles files) {
        String text = files.text("/etc/os-release");
        if (text.isEmpty()) {
            text = files.text("/usr/lib/os-release");
        }
        String like = value(text, "ID_LIKE", "");
        return new HostDistribution(
                value(text, "ID", "linux"),
                like.isEmpty() ? List.of() : List.of(like.split("\\s+")),
                value(text, "VERSION_ID", ""),
                value(text, "PRETTY_NAME", "Linux"));
    }

    /** The family by name, the distribution's own before those it is like; null when it is none of ours. */
    HostPackageManager packageManager() {
        HostPackageManager own = HostPackageManager.ofDistribution(id);
        for (int i = 0; own == null && i < like.size(); i++) {
            own = HostPackageManager.ofDistribution(like.get(i));
        }
        return own;
    }

    private static String value(String text, String key, String absent) {
        String raw = HostFiles.field(text, key + "=");
        if (raw.length() >= 2 && (raw.charAt(0) == '"' || raw.charAt(0) == '\'')) {
            raw = raw.substring(1, raw.length() - 1).strip();
        }
        return raw.isEmpty() ? absent : raw;
    }
}

package dev.racker.cli;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The options of a file system in memory, with docker's defaults: anybody may write, nothing may be executed. */
final class TmpfsOptions {

    private static final Map<String, String> OPPOSITES = Map.of(
            "rw", "ro",
            "ro", "rw",
            "exec", "noexec",
            "noexec", "exec",
            "suid", "nosuid",
            "nosuid", "suid",
            "dev", "nodev",
            "nodev", "dev");

    private static final Set<String> OTHERS = Set.of(
            "sync", "async", "atime", "noatime", "diratime", "nodiratime", "relatime", "norelatime", "strictatime");

    private static final Set<String> VALUES = Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");

    private TmpfsOptions() {}

    static String parse(String option, String text, String options) {
        Set<String> all = new LinkedHashSet<>();
        all.add("mode=1777");
        all.add("nosuid");
        all.add("nodev");
        all.add("noexec");
        for (String each : options.isEmpty() ? new String[0] : options.split(",", -1)) {
            int equals = each.indexOf('=');
            if (equals > 0 && VALUES.contains(each.substring(0, equals))) {
                check(option, text, each.substring(0, equals), each.substring(equals + 1));
                all.removeIf(earlier -> earlier.startsWith(each.substring(0, equals + 1)));
            } else if (OPPOSITES.containsKey(each)) {
                all.remove(OPPOSITES.get(each));
            } else if (!OTHERS.contains(each)) {
                throw MountFlags.wrong(option, text, "Among the options, \"" + each + "\" is not known.");
            }
            all.add(each);
        }
        return String.join(",", all);
    }

    /** What the kernel would refuse, see tmpfs(5), is refused here, where it can be said what was wrong. */
    private static void check(String option, String text, String name, String value) {
        boolean good = switch (name) {
            case "size" -> isNumber(value, '9', "kKmMgG%");
            case "nr_blocks", "nr_inodes" -> isNumber(value, '9', "kKmMgG");
            case "uid", "gid" -> isNumber(value, '9', "");
            case "mode" -> isNumber(value, '7', "");
            default -> !value.isEmpty();
        };
        if (!good) {
            throw MountFlags.wrong(option, text, "\"" + value + "\" is no " + name + "; see tmpfs(5).");
        }
    }

    private static boolean isNumber(String text, char greatest, String units) {
        int end = text.length();
        if (end > 1 && units.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > greatest) {
                return false;
            }
        }
        return end > 0;
    }
}

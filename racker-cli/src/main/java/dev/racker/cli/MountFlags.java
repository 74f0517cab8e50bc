package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Mount;
import dev.racker.harness.machine.MountRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --volume}, {@code --mount}, {@code --tmpfs} and {@code --volumes-from} ask to be mounted in a container. */
final class MountFlags {

    private static final Path SELINUX = Path.of("/sys/fs/selinux/enforce");

    private final Map<String, Mount> byTarget = new LinkedHashMap<>();
    private final List<String> volumesFrom = new ArrayList<>();
    private final Map<String, Map<String, String>> labels = new HashMap<>();

    MountRequest request() {
        return new MountRequest(List.copyOf(byTarget.values()), volumesFrom, labels);
    }

    /** Reads {@code DST}, {@code NAME:DST[:OPTIONS]} and {@code SRC:DST[:OPTIONS]}. */
    void volume(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 3) {
            throw wrong("--volume", text, "Write NAME:DST or SRC:DST, and :ro behind it when it is only to be read.");
        }
        String target = target("--volume", text, parts.length == 1 ? parts[0] : parts[1]);
        if (parts.length == 1) {
            add("--volume", text, Mount.anonymous(target, false, true));
            return;
        }
        String source = parts[0];
        boolean isPath = isPath(source);
        boolean readOnly = false;
        boolean prepared = true;
        for (String option : parts.length < 3 ? new String[0] : parts[2].split(",", -1)) {
            switch (option) {
                case "ro" -> readOnly = true;
                case "rw", "private", "rprivate", "cached", "consistent", "delegated" -> {} // docker's way is ours
                case "z", "Z" -> refuseRelabelling("--volume", text);
                case "nocopy" -> {
                    if (isPath) {
                        throw wrong("--volume", text, "Only a volume can be \"nocopy\".");
                    }
                    prepared = false;
                }
                default -> throw wrong("--volume", text, hint(option));
            }
        }
        if (isPath) {
            String path = Path.of(source).toAbsolutePath().normalize().toString();
            add("--volume", text, Mount.bind(path, target, readOnly, true));
        } else {
            checkName("--volume", text, source);
            add("--volume", text, Mount.volume(source, target, readOnly, prepared));
        }
    }

    private static String hint(String option) {
        return switch (option) {
            case "U" -> "Leave \"U\" out: owners inside are the same numbers outside.";
            case "shared", "slave", "rshared", "rslave" -> "Mounts are not propagated; leave \"" + option + "\" out.";
            default -> "Among the options, \"" + option + "\" is not known; use ro, rw, nocopy, z or Z.";
        };
    }

    /** docker relabels where SELinux is in use, and does nothing elsewhere. */
    private static void refuseRelabelling(String option, String text) {
        if (Files.exists(SELINUX)) {
            throw wrong(option, text, "Labels of SELinux are not changed by racker; leave \"z\" and \"Z\" out.");
        }
    }

    private static void checkName(String option, String text, String name) {
        if (name.isEmpty()) {
            throw wrong(option, text, "Name a volume, or a path that begins with \"/\" or \".\".");
        }
        dev.racker.harness.store.VolumeNames.check(name);
    }

    /** Anything else is the name of a volume. */
    private static boolean isPath(String source) {
        return source.startsWith("/")
                || source.equals(".")
                || source.equals("..")
                || source.startsWith("./")
                || source.startsWith("../");
    }

    /** Reads {@code type=bind|volume|tmpfs,source=SRC,target=DST,...}. */
    void mount(String text) {
        MountFields fields = MountFields.parse(text);
        String target = target("--mount", text, fields.target());
        switch (fields.type()) {
            case "bind" -> {
                if (fields.source().isEmpty() || !Files.exists(Path.of(fields.source()))) {
                    throw wrong("--mount", text, "Add source=SRC, a path that exists.");
                }
                String source =
                        Path.of(fields.source()).toAbsolutePath().normalize().toString();
                add("--mount", text, Mount.bind(source, target, fields.readOnly(), false));
            }
            case "volume" -> {
                if (fields.source().isEmpty()) {
                    add("--mount", text, Mount.anonymous(target, fields.readOnly(), fields.copies()));
                } else {
                    checkName("--mount", text, fields.source());
                    labels.put(fields.source(), fields.labels());
                    add("--mount", text, Mount.volume(fields.source(), target, fields.readOnly(), fields.copies()));
                }
            }
            case "tmpfs" -> {
                if (!fields.source().isEmpty()) {
                    throw wrong("--mount", text, "A tmpfs has no source.");
                }
                add("--mount", text, Mount.tmpfs(target, TmpfsOptions.parse("--mount", text, fields.memory())));
            }
            default ->
                throw wrong(
                        "--mount",
                        text,
                        "The type \"" + fields.type() + "\" is not supported; use bind, volume or tmpfs.");
        }
    }

    /** Reads {@code DST[:OPTIONS]}. */
    void tmpfs(String text) {
        int colon = text.indexOf(':');
        String target = target("--tmpfs", text, colon < 0 ? text : text.substring(0, colon));
        String options = colon < 0 ? "" : text.substring(colon + 1);
        add("--tmpfs", text, Mount.tmpfs(target, TmpfsOptions.parse("--tmpfs", text, options)));
    }

    /** Takes {@code CONTAINER[:ro|rw]}. */
    void volumesFrom(String text) {
        if (text.isEmpty() || text.startsWith(":")) {
            throw wrong("--volumes-from", text, "Name a container.");
        }
        volumesFrom.add(text);
    }

    private void add(String option, String text, Mount mount) {
        if (byTarget.putIfAbsent(mount.target(), mount) != null) {
            throw new HarnessException(
                    "Tried to read " + option + " \"" + text + "\", but duplicate mount point: " + mount.target() + ".",
                    "Mount one thing there.");
        }
    }

    private static String target(String option, String text, String target) {
        if (target == null) {
            throw wrong(option, text, "Add target=DST.");
        }
        if (!target.startsWith("/") || Path.of(target).normalize().equals(Path.of("/"))) {
            throw wrong(option, text, "The path inside must be absolute and not \"/\".");
        }
        return Path.of(target).normalize().toString();
    }

    static HarnessException wrong(String option, String text, String hint) {
        return new HarnessException("Tried to read " + option + " \"" + text + "\", but it is not understood.", hint);
    }
}

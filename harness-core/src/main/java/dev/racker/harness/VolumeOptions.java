package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What docker's driver {@code local} may be told, as far as it is supported: a directory elsewhere on the host. */
final class VolumeOptions {

    private VolumeOptions() {}

    static void check(Map<String, String> options) {
        for (String key : options.keySet()) {
            if (!key.equals("type") && !key.equals("o") && !key.equals("device")) {
                throw new HarnessException(
                        "Tried to read the volume option \"" + key + "\", but invalid option: \"" + key + "\".",
                        "The driver local knows type, o and device.");
            }
        }
        if (options.isEmpty()) {
            return;
        }
        String type = options.getOrDefault("type", "none");
        String device = options.getOrDefault("device", "");
        if (!type.equals("none") && !type.equals("bind")
                || !options.getOrDefault("o", "").equals("bind")) {
            throw new HarnessException(
                    "Tried to make a volume with the options " + options + ", but only directories of the host are"
                            + " supported.",
                    "Use --opt type=none --opt o=bind --opt device=DIR, or mount a tmpfs with --tmpfs.");
        }
        if (!device.startsWith("/") || !Files.isDirectory(Path.of(device))) {
            throw new HarnessException(
                    "Tried to make a volume of the device \"" + device + "\", but there is no such directory.",
                    "Create it first, and give its absolute path.");
        }
    }
}

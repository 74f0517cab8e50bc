package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The three directories that everything on disk is in; absolute and normalized.
 *
 * @param state what is kept: images, layers, containers
 * @param cache what can be fetched again
 * @param run what does not survive a reboot
 */
public record StateDirectories(Path state, Path cache, Path run) {

    /** The variable that names the state directory. */
    public static final String STATE_VARIABLE = "RACKER_STATE_DIR";

    /** The variable that names the cache directory. */
    public static final String CACHE_VARIABLE = "RACKER_CACHE_DIR";

    /** The variable that names the directory of what does not survive a reboot. */
    public static final String RUN_VARIABLE = "RACKER_RUN_DIR";

    /** Makes the paths absolute and normal. */
    public StateDirectories {
        state = state.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        run = run.toAbsolutePath().normalize();
    }

    /**
     * Reads the directories from environment variables; a missing or empty one means its default.
     *
     * @throws HarnessException when a variable holds no absolute path
     */
    public static StateDirectories fromEnvironment(Map<String, String> environment) {
        return new StateDirectories(
                directory(environment, STATE_VARIABLE, "/var/lib/postroj"),
                directory(environment, CACHE_VARIABLE, "/var/cache/postroj"),
                directory(environment, RUN_VARIABLE, "/run/postroj"));
    }

    private static Path directory(Map<String, String> environment, String variable, String otherwise) {
        String value = environment.get(variable);
        if (value == null || value.isEmpty()) {
            return Path.of(otherwise);
        }
        if (value.charAt(0) != '/' || value.indexOf('\0') >= 0) {
            throw new HarnessException(
                    "Tried to use " + variable + "='" + value + "', but it is no absolute path.",
                    "Set it to a path that starts with /, or unset it.");
        }
        return Path.of(value);
    }
}

package dev.racker.harness.acquire;

import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.nio.file.Path;
import java.util.Locale;

/** The log-ins of registries, kept where skopeo and podman look for them, see containers-auth.json(5). */
public final class RegistryLogin {

    private final Skopeo skopeo;

    /** Creates it on a runner that starts skopeo. */
    public RegistryLogin(CommandRunner runner) {
        this.skopeo = new Skopeo(runner);
    }

    /**
     * Checks a password with its registry, and keeps it.
     *
     * @throws RegistryException when the registry refuses it or cannot be asked; then nothing is kept
     */
    public void login(String host, String user, String password, RegistryOptions options) {
        skopeo.login(host, user, password, options);
    }

    /** Forgets the password for a registry; says whether there was one. */
    public boolean logout(String host, Path authFile) {
        return forget(host, authFile);
    }

    /** Forgets the passwords for all registries; says whether there was one. */
    public boolean logoutAll(Path authFile) {
        return forget(null, authFile);
    }

    private boolean forget(String host, Path authFile) {
        CommandResult result = skopeo.logout(host, authFile);
        if (result.status() == 0) {
            return true;
        }
        String reason = SkopeoFailure.of(result.errorText()).reason();
        if (reason.toLowerCase(Locale.ROOT).contains("not logged in")) {
            return false;
        }
        throw new SourceException(
                "Tried to log out" + (host == null ? "" : " from " + host) + ", but " + reason + ".",
                "Check the file with the log-ins.");
    }
}

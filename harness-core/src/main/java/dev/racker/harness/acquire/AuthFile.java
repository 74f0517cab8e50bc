package dev.racker.harness.acquire;

import dev.racker.harness.json.Json;
import dev.racker.harness.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The log-ins that skopeo and podman keep, for requests that skopeo does not make; see containers-auth.json(5). */
final class AuthFile {

    private final Map<String, String> environment;

    AuthFile(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The value of the header that logs in at a registry; empty when nobody has. */
    Optional<String> authorization(String host, RegistryOptions options) {
        if (options.credentials() != null) {
            return Optional.of("Basic "
                    + Base64.getEncoder().encodeToString(options.credentials().getBytes(StandardCharsets.UTF_8)));
        }
        Path file = options.authFile() == null ? usual() : options.authFile();
        try {
            String secret = Json.tree(Files.readAllBytes(file))
                    .path("auths")
                    .path(host)
                    .path("auth")
                    .asString("");
            return secret.isEmpty() ? Optional.empty() : Optional.of("Basic " + secret);
        } catch (IOException | MalformedJsonException e) {
            return Optional.empty(); // without a log-in the registry says what it wants
        }
    }

    private Path usual() {
        String named = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        return Path.of(runtime.isEmpty() ? "/run/containers/0" : runtime + "/containers", "auth.json");
    }
}

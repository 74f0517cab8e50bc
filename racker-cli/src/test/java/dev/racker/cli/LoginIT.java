package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.acquire.LoopbackRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code login}, {@code push}, {@code search} and {@code logout}, with a registry that wants to know who asks. */
class LoginIT extends TransferCase {

    @Test
    void who_is_logged_in_pushes_pulls_and_searches_until_he_logs_out() throws Exception {
        imported("app:1");
        Path authFile = files.resolve("auth.json");
        try (LoopbackRegistry registry = LoopbackRegistry.withLogin(Files.createDirectory(files.resolve("login")))) {
            String name = registry.host() + "/team/app:1";
            call("tag", "app:1", name).ok();
            String auth = "--authfile=" + authFile;

            refused("wants a login", call("push", "--tls-verify=false", name));
            refused("user name or password is wrong", login(registry, auth, "wrong"));
            assertEquals(
                    "Login Succeeded\n",
                    login(registry, auth, LoopbackRegistry.PASSWORD).ok());
            String pushed = call("push", "--tls-verify=false", auth, name).ok();
            assertTrue(pushed.contains("\n1: digest: sha256:"), pushed);
            call("rmi", name).ok();
            assertTrue(call("pull", "--tls-verify=false", auth, name)
                    .ok()
                    .endsWith("Status: Downloaded newer image for " + name + "\n" + name + "\n"));
            assertEquals(
                    registry.host() + "/team/app\n",
                    call("search", "--tls-verify=false", auth, "--format={{.Name}}", registry.host() + "/app")
                            .ok());

            assertEquals(
                    "Removing login credentials for " + registry.host() + "\n",
                    call("logout", auth, registry.host()).ok());
            refused("wants a login", call("search", "--tls-verify=false", auth, registry.host() + "/app"));
            refused("wants a login", call("pull", "--tls-verify=false", auth, name));
            assertFalse(Files.readString(authFile).contains(registry.host()), authFile::toString);
        }
    }

    private Result login(LoopbackRegistry registry, String auth, String password) throws Exception {
        byte[] input = password.getBytes(StandardCharsets.UTF_8);
        return racker.run(
                input,
                "login",
                "--tls-verify=false",
                auth,
                "-u",
                LoopbackRegistry.USER,
                "--password-stdin",
                registry.host());
    }

    private static void refused(String why, Result result) throws IOException {
        assertEquals(125, result.status(), result::toString);
        assertTrue(result.err().contains(why), result::toString);
    }
}

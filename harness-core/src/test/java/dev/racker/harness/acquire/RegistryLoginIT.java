package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.RegistryException.Kind;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Registries that want to be known, or to know who asks. */
class RegistryLoginIT extends RegistryPullCase {

    @Test
    void an_unknown_certificate_is_refused_unless_its_directory_is_given() throws IOException {
        registry.close();
        registry = LoopbackRegistry.tls(Files.createDirectory(temporary.resolve("tls")));
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));

        RegistryException e = failure(registry.host() + "/app:1", RegistryOptions.defaults());
        PullResult result =
                fixture.pull(registry.host() + "/app:1", new RegistryOptions(null, null, null, registry.certDir()));

        assertEquals(Kind.TLS, e.kind());
        assertTrue(e.hint().orElseThrow().contains("--cert-dir"));
        assertTrue(result.isNew());
    }

    @Test
    void a_login_is_asked_for_used_and_never_shown() throws IOException {
        registry.close();
        registry = LoopbackRegistry.withLogin(Files.createDirectory(temporary.resolve("login")));
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));
        String login = LoopbackRegistry.USER + ":" + LoopbackRegistry.PASSWORD;
        String name = registry.host() + "/app:1";

        RegistryException none = failure(name, ANY_TLS);
        RegistryException wrong = failure(name, new RegistryOptions(false, "alice:wrong", null, null));
        PullResult result = fixture.pull(name, new RegistryOptions(false, login, null, null));

        assertEquals(Kind.UNAUTHORIZED, none.kind());
        assertTrue(none.hint().orElseThrow().contains("racker login " + registry.host()));
        assertEquals(Kind.UNAUTHORIZED, wrong.kind());
        assertTrue(result.isNew());
        assertFalse(fixture.commands.toString().contains("s3cret"));
    }

    @Test
    void a_login_is_taken_from_an_authfile() throws IOException {
        registry.close();
        registry = LoopbackRegistry.withLogin(Files.createDirectory(temporary.resolve("login")));
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));
        Path file = temporary.resolve("auth.json");
        new CommandRunner()
                .run(Command.of("skopeo", "login", "--tls-verify=false", "--authfile=" + file)
                        .with("--username=" + LoopbackRegistry.USER, "--password-stdin", registry.host())
                        .stdin(Command.Input.of(LoopbackRegistry.PASSWORD)));

        assertTrue(fixture.pull(registry.host() + "/app:1", new RegistryOptions(false, null, file, null))
                .isNew());
    }
}

package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Platform;
import dev.racker.harness.process.Command;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exact command lines of skopeo that send images and log in. */
class SendCommandsTest {

    private static final RegistryOptions OPTIONS =
            new RegistryOptions(false, null, Path.of("/auth"), Path.of("/certs"));
    private static final Path WORK = Path.of("/state/work");

    @Test
    void an_image_is_sent_with_the_options_of_the_destination() {
        Command command = Skopeo.sendCommand(
                "oci:/state/oci:i12", "docker://h:1/app:1", new SendOptions(OPTIONS, null, Path.of("/w/digest")), WORK);
        assertEquals(
                List.of(
                        "setpriv",
                        "--pdeathsig=KILL",
                        "skopeo",
                        "copy",
                        "--quiet",
                        "--digestfile=/w/digest",
                        "--dest-tls-verify=false",
                        "--dest-authfile=/auth",
                        "--dest-cert-dir=/certs",
                        "oci:/state/oci:i12",
                        "docker://h:1/app:1"),
                command.arguments());
        assertEquals("/state/work", command.environment().get("TMPDIR"));
        assertEquals(
                List.of(
                        "setpriv",
                        "--pdeathsig=KILL",
                        "skopeo",
                        "copy",
                        "--quiet",
                        "--format=v2s2",
                        "oci:/a:b",
                        "dir:/c"),
                Skopeo.sendCommand("oci:/a:b", "dir:/c", SendOptions.dockers(), WORK)
                        .arguments());
    }

    @Test
    void a_configuration_is_read_as_it_is() {
        assertEquals(
                List.of(
                        "skopeo",
                        "--override-os=linux",
                        "--override-arch=arm64",
                        "--override-variant=v8",
                        "inspect",
                        "--config",
                        "--raw",
                        "--tls-verify=false",
                        "--authfile=/auth",
                        "--cert-dir=/certs",
                        "docker-archive:/a:@0"),
                Skopeo.inspectConfigCommand("docker-archive:/a:@0", OPTIONS, Platform.parse("linux/arm64/v8"), WORK)
                        .arguments());
    }

    @Test
    void a_password_is_no_argument() {
        Command command = Skopeo.loginCommand("h:1", "alice", "s3cret", OPTIONS);
        assertEquals(
                List.of(
                        "skopeo",
                        "login",
                        "--username=alice",
                        "--password-stdin",
                        "--tls-verify=false",
                        "--authfile=/auth",
                        "--cert-dir=/certs",
                        "h:1"),
                command.arguments());
        assertFalse(command.toString().contains("s3cret"));
    }

    @Test
    void a_logout_names_one_registry_or_all() {
        assertEquals(
                List.of("skopeo", "logout", "h:1"),
                Skopeo.logoutCommand("h:1", null).arguments());
        assertEquals(
                List.of("skopeo", "logout", "--authfile=/auth", "--all"),
                Skopeo.logoutCommand(null, Path.of("/auth")).arguments());
    }

    @Test
    void failures_say_what_was_tried_and_what_to_do() {
        RegistryException denied = RegistryFailures.ofPush(
                "docker://h:1/app:1", "time=\"x\" level=fatal msg=\"writing blob: denied: requested access\"");
        assertEquals(RegistryException.Kind.UNAUTHORIZED, denied.kind());
        assertTrue(denied.getMessage().startsWith("Tried to push to h:1/app:1, but the registry h:1 wants a login"));
        assertTrue(denied.hint().orElseThrow().contains("racker login h:1"));
        RegistryException full =
                RegistryFailures.ofPush("oci:/a:b", "level=fatal msg=\"write /a/x: no space left on device\"");
        assertTrue(full.getMessage().startsWith("Tried to push to oci:/a:b, but the disk is full"), full.getMessage());
        RegistryException gone = RegistryFailures.ofLogin(
                "h:1", "level=fatal msg=\"authenticating creds: dial tcp 127.0.0.1:1: connect: connection refused\"");
        assertEquals(
                "Tried to log in at h:1, but the registry h:1 cannot be reached (connection refused).",
                gone.getMessage());
    }
}

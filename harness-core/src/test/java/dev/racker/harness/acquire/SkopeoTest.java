package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.Platform;
import dev.racker.harness.image.RegistryReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkopeoTest {

    private static final Skopeo.CopyTarget TARGET =
            new Skopeo.CopyTarget(Path.of("/state/tmp/layout"), Path.of("/state/oci/blobs"));

    @TempDir
    Path temporary;

    @Test
    void inspect_raw_has_a_deadline_and_no_options_by_default() {
        assertEquals(
                List.of("skopeo", "--command-timeout=20s", "inspect", "--raw", "docker://docker.io/library/debian:12"),
                Skopeo.inspectRawCommand(
                                "docker://docker.io/library/debian:12",
                                RegistryOptions.defaults(),
                                Duration.ofSeconds(20))
                        .arguments());
    }

    @Test
    void inspect_raw_passes_what_decides_about_the_connection() {
        assertEquals(
                List.of(
                        "skopeo",
                        "--command-timeout=20s",
                        "inspect",
                        "--raw",
                        "--tls-verify=false",
                        "--authfile=/a",
                        "--cert-dir=/c",
                        "docker://h/r:t"),
                Skopeo.inspectRawCommand(
                                "docker://h/r:t",
                                new RegistryOptions(false, null, Path.of("/a"), Path.of("/c")),
                                Duration.ofSeconds(20))
                        .arguments());
    }

    @Test
    void copy_shares_blobs_leaves_layers_as_they_are_and_dies_with_its_parent() {
        assertEquals(
                List.of(
                        "setpriv",
                        "--pdeathsig=KILL",
                        "skopeo",
                        "--override-os=linux",
                        "--override-arch=arm64",
                        "--override-variant=v8",
                        "copy",
                        "--quiet",
                        "--remove-signatures",
                        "--dest-shared-blob-dir=/state/oci/blobs",
                        "--dest-oci-accept-uncompressed-layers",
                        "--src-tls-verify=true",
                        "--src-authfile=/a",
                        "--src-cert-dir=/c",
                        "docker://h/r:t",
                        "oci:/state/tmp/layout:image"),
                Skopeo.copyCommand(
                                "docker://h/r:t",
                                TARGET,
                                Platform.parse("linux/arm64/v8"),
                                new RegistryOptions(true, null, Path.of("/a"), Path.of("/c")))
                        .arguments());
    }

    @Test
    void a_password_is_in_a_file_for_its_host_that_only_the_owner_reads_and_not_among_the_arguments()
            throws IOException {
        RegistryOptions options = new RegistryOptions(null, "alice:sec:ret", null, null);
        Path file;
        try (CredentialsFile credentials = CredentialsFile.write(options, "localhost:5000", temporary)) {
            file = credentials.options().authFile();
            assertEquals(
                    "{\"auths\":{\"localhost:5000\":{\"auth\":\"YWxpY2U6c2VjOnJldA==\"}}}", Files.readString(file));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            String line = Skopeo.copyCommand("docker://h/r:t", TARGET, Platform.host(), credentials.options())
                    .toString();
            assertFalse(line.contains("sec:ret"), line);
            assertTrue(line.contains("--src-authfile=" + file), line);
        }
        assertFalse(Files.exists(file));
        assertFalse(options.toString().contains("sec"), options.toString());
    }

    @Test
    void credentials_need_a_user_and_a_password() {
        RegistryException e =
                assertThrows(RegistryException.class, () -> new RegistryOptions(null, "alice", null, null));
        assertFalse(e.getMessage().contains("alice"), "half a secret may be a secret");
        assertTrue(e.hint().orElseThrow().contains("USER:PASSWORD"));
    }

    @Test
    void a_reference_with_tag_and_digest_is_asked_for_by_its_digest() {
        Digest digest = Sha256.of(new byte[0]);
        RegistryReference tagged = (RegistryReference) ImageReference.parse("debian:12");

        assertEquals("docker://docker.io/library/debian:12", RegistrySource.source(tagged, null));
        assertEquals("docker://docker.io/library/debian@" + digest, RegistrySource.source(tagged, digest));
        assertEquals(
                "docker://docker.io/library/debian@" + digest, RegistrySource.source(tagged.withDigest(digest), null));
    }
}

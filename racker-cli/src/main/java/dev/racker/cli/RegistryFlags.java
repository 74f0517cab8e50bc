package dev.racker.cli;

import dev.racker.harness.acquire.RegistryOptions;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;
import java.nio.file.Files;
import java.nio.file.Path;

/** The options that say how a registry is talked to. */
final class RegistryFlags extends Options {

    private final Value<Boolean> tlsVerify = optional(
            Boolean.class,
            "--tls-verify",
            "true|false",
            "true",
            "Check the certificate of the registry, or allow plain HTTP too (default: true).");

    private final Value<String> credentials = text("--creds", "USER:PASSWORD", "Log in to the registry for this call.");

    private final Value<Path> authFile =
            value(Path.class, "--authfile", "FILE", "Read the log-ins of registries from this file.");

    private final Value<Path> certificates =
            value(Path.class, "--cert-dir", "DIR", "Trust the certificates (*.crt) in this directory.");

    /** skopeo takes no notice of what is not there, and then asks without a log-in or trusts nobody. */
    RegistryOptions options() {
        Path logins = authFile.given();
        if (logins != null && (Files.isDirectory(logins) || !Files.isReadable(logins))) {
            throw unreadable("--authfile", logins, "file");
        }
        if (certificates.given() != null && !Files.isDirectory(certificates.given())) {
            throw unreadable("--cert-dir", certificates.given(), "directory");
        }
        return new RegistryOptions(
                tlsVerify.given(), credentials.given(), absolute(authFile.given()), absolute(certificates.given()));
    }

    private static HarnessException unreadable(String option, Path path, String what) {
        return new HarnessException(
                "Tried to use " + option + " \"" + path + "\", but that is no " + what + " that can be read.",
                "Check the path.");
    }

    /** Programs are started in another directory. */
    static Path absolute(Path path) {
        return path == null ? null : path.toAbsolutePath();
    }
}

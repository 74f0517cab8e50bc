package dev.racker.cli;

import dev.racker.harness.acquire.RegistryOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say how a registry is talked to. */
final class RegistryFlags {

    @Option(
            names = "--tls-verify",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            description = "Check the certificate of the registry, or allow plain HTTP too (default: true).")
    private Boolean tlsVerify;

    @Option(names = "--creds", paramLabel = "USER:PASSWORD", description = "Log in to the registry for this call.")
    private String credentials;

    @Option(names = "--authfile", paramLabel = "FILE", description = "Read the log-ins of registries from this file.")
    private Path authFile;

    @Option(names = "--cert-dir", paramLabel = "DIR", description = "Trust the certificates (*.crt) in this directory.")
    private Path certificates;

    RegistryOptions options() {
        return new RegistryOptions(tlsVerify, credentials, absolute(authFile), absolute(certificates));
    }

    /** Programs are started in another directory. */
    static Path absolute(Path path) {
        return path == null ? null : path.toAbsolutePath();
    }
}

package dev.racker.harness.acquire;

import java.nio.file.Path;

/**
 * How to talk to a registry; what is null is left to registries.conf, auth.json and the defaults of skopeo.
 *
 * @param tlsVerify false allows plain HTTP and certificates that nobody vouches for; may be null
 * @param credentials {@code USER:PASSWORD}; may be null
 * @param authFile a file in the format of containers-auth.json(5); may be null
 * @param certDir a directory with *.crt, *.cert and *.key files; may be null
 */
public record RegistryOptions(Boolean tlsVerify, String credentials, Path authFile, Path certDir) {

    /** Checks that credentials have a user and a password. */
    public RegistryOptions {
        if (credentials != null && credentials.indexOf(':') < 1) {
            throw new RegistryException(
                    RegistryException.Kind.OTHER,
                    "",
                    "Tried to use the credentials given, but they are not of the form USER:PASSWORD.",
                    "Write --creds USER:PASSWORD, or log in once with `racker login`.",
                    null);
        }
    }

    /** Leaves everything to the defaults. */
    public static RegistryOptions defaults() {
        return new RegistryOptions(null, null, null, null);
    }

    /** Shows everything but the password. */
    @Override
    public String toString() {
        return "RegistryOptions[tlsVerify=" + tlsVerify + ", credentials=" + (credentials == null ? "null" : "***")
                + ", authFile=" + authFile + ", certDir=" + certDir + "]";
    }
}

package dev.racker.harness.acquire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Credentials as a file that only root can read (containers-auth.json(5)): arguments are seen by everybody. */
final class CredentialsFile implements AutoCloseable {

    private final Path file;
    private final RegistryOptions options;

    private CredentialsFile(Path file, RegistryOptions options) {
        this.file = file;
        this.options = options;
    }

    /** Writes the credentials, if there are any, for {@code host} into {@code directory}. */
    static CredentialsFile write(RegistryOptions options, String host, Path directory) throws IOException {
        if (options.credentials() == null) {
            return new CredentialsFile(null, options);
        }
        Path file = directory.resolve("auth.json");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String secret = Base64.getEncoder().encodeToString(options.credentials().getBytes(StandardCharsets.UTF_8));
        // A host name, a port and base64 hold nothing that JSON would have to escape.
        String json = "{\"auths\":{\"" + host + "\":{\"auth\":\"" + secret + "\"}}}";
        Files.writeString(file, json, StandardOpenOption.WRITE);
        return new CredentialsFile(file, new RegistryOptions(options.tlsVerify(), null, file, options.certDir()));
    }

    /** The options with the file in place of the credentials. */
    RegistryOptions options() {
        return options;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}

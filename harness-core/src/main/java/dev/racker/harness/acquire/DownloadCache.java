package dev.racker.harness.acquire;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * The files of one address in the download cache: the complete one, the one that is still growing, and what the server
 * said about each, so that a download can be continued or found still good.
 */
final class DownloadCache {

    private final Path complete;
    private final Path partial;

    DownloadCache(Path directory, URI uri) {
        this.complete = directory.resolve(key(uri));
        this.partial = directory.resolve(key(uri) + ".part");
    }

    /** A file name that is the same for the same address and tells a person what it is. */
    static String key(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        StringBuilder plain = new StringBuilder();
        for (int i = Math.max(0, name.length() - 80); i < name.length(); i++) {
            char c = name.charAt(i);
            boolean keep =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._-".indexOf(c) >= 0;
            plain.append(keep ? c : '_');
        }
        String hash = Sha256.of(uri.toString().getBytes(StandardCharsets.UTF_8)).hex();
        return hash.substring(0, 32) + "-" + plain;
    }

    Path complete() {
        return complete;
    }

    Path partial() {
        return partial;
    }

    boolean isComplete() {
        return Files.isRegularFile(complete);
    }

    long partialSize() throws IOException {
        try {
            return Files.size(partial);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    Validators validatorsOf(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(about(file))) {
            properties.load(reader);
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Validators.NONE; // never written, or damaged: then the server is asked for everything
        }
        return new Validators(properties.getProperty("etag"), properties.getProperty("last-modified"));
    }

    /** Forgets what has arrived so far and starts a new partial file of something with these validators. */
    void begin(Validators validators) throws IOException {
        Files.deleteIfExists(partial);
        Properties properties = new Properties();
        if (validators.etag() != null) {
            properties.setProperty("etag", validators.etag());
        }
        if (validators.lastModified() != null) {
            properties.setProperty("last-modified", validators.lastModified());
        }
        try (Writer writer = Files.newBufferedWriter(about(partial))) {
            properties.store(writer, null);
        }
    }

    void discardPartial() throws IOException {
        Files.deleteIfExists(partial);
        Files.deleteIfExists(about(partial));
    }

    void discardComplete() throws IOException {
        Files.deleteIfExists(complete);
        Files.deleteIfExists(about(complete));
    }

    /** Makes the partial file the complete one. */
    void commit() throws IOException {
        Files.deleteIfExists(about(complete)); // never new validators beside old content
        Files.move(partial, complete, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
                about(partial), about(complete), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path about(Path file) {
        return file.resolveSibling(file.getFileName() + ".about");
    }

    /** What names one version of a resource: RFC 9110, section 8.8; both may be null. */
    record Validators(String etag, String lastModified) {

        static final Validators NONE = new Validators(null, null);

        boolean none() {
            return etag == null && lastModified == null;
        }

        /** The validator for If-Range, which must be a strong one; null when there is none. */
        String forRange() {
            if (etag != null && !etag.startsWith("W/")) {
                return etag;
            }
            return lastModified;
        }
    }
}

package dev.racker.harness.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a host, below a root that tests move elsewhere. */
record HostFiles(Path root) {

    private static final int BUFFER = 8192;

    Path at(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    boolean exists(String absolute) {
        return Files.exists(at(absolute));
    }

    /** The whole text, or the empty text when there is no such file or it may not be read. */
    String text(String absolute) {
        try (InputStream in = Files.newInputStream(at(absolute))) {
            // Not Files.readAllBytes: it trusts the size 0 of files in /proc and reads one byte first, after which a
            // numeric sysctl is at its end.
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                text.write(buffer, 0, length);
            }
            return text.toString(StandardCharsets.UTF_8);
        } catch (FileSystemException e) {
            return "";
        } catch (IOException e) {
            throw new HostException("Tried to read " + absolute + ", but " + e.getMessage() + ".", null, e);
        }
    }

    /** The text without line end, or the empty text. */
    String line(String absolute) {
        return text(absolute).strip();
    }

    /** A number, or {@code unknown} when the file is missing or holds something else. */
    long number(String absolute, long unknown) {
        String text = line(absolute);
        if (text.isEmpty() || text.length() > 18) {
            return unknown;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return unknown;
            }
        }
        return Long.parseLong(text);
    }

    /**
     * What follows {@code key} up to the end of its line, in a file of such lines (proc_pid_status(5)); empty when
     * missing.
     */
    static String field(String text, String key) {
        int from = text.startsWith(key) ? 0 : text.indexOf("\n" + key) + 1;
        if (from == 0 && !text.startsWith(key)) {
            return "";
        }
        int end = text.indexOf('\n', from);
        return text.substring(from + key.length(), end < 0 ? text.length() : end)
                .strip();
    }
}

package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** What of the host a machine takes over when it boots, as a text to compare. */
final class HostState {

    private final Path root;

    HostState(Path root) {
        this.root = root;
    }

    /** The boot of the host, and its name servers. */
    String text() {
        try {
            String boot = Files.readString(root.resolve("proc/sys/kernel/random/boot_id"))
                    .strip();
            return boot + " " + resolver();
        } catch (IOException e) {
            throw new HarnessException("Tried to look at the host, but: " + e.getMessage() + ".", "Mount /proc.", e);
        }
    }

    private String resolver() throws IOException {
        try {
            return Integer.toHexString(Arrays.hashCode(Files.readAllBytes(root.resolve("etc/resolv.conf"))));
        } catch (NoSuchFileException e) {
            return "none";
        }
    }
}

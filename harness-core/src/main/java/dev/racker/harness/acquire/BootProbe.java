package dev.racker.harness.acquire;

import dev.racker.harness.store.StackLookup;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells from an image's files what it is and whether it boots. */
final class BootProbe {

    private static final String[] OS_RELEASE = {"/etc/os-release", "/usr/lib/os-release"};
    private static final String[] SYSTEMD = {"/usr/lib/systemd/systemd", "/lib/systemd/systemd"};
    private static final String[] DBUS = {
        "/usr/bin/dbus-daemon", "/bin/dbus-daemon", "/usr/bin/dbus-broker-launch", "/bin/dbus-broker-launch"
    };
    private static final String[] MANAGERS = {"apt-get", "dnf", "microdnf", "yum", "zypper", "pacman"};
    private static final String[] PROGRAM_DIRECTORIES = {"/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"};
    private static final long LONGEST_OS_RELEASE = 1 << 16;

    private final StackLookup files;

    BootProbe(StackLookup files) {
        this.files = files;
    }

    /**
     * Tells whether the image boots as it is, may be made to, or never will. It boots when it has systemd, whose notify
     * message says when it is up, and the D-Bus that systemd's own tools need.
     */
    Boot boot() {
        if (hasSystemd() && hasOneOf(DBUS)) {
            return Boot.NATIVE;
        }
        for (String manager : MANAGERS) {
            for (String directory : PROGRAM_DIRECTORIES) {
                if (files.isProgram(directory + manager)) {
                    return Boot.PENDING;
                }
            }
        }
        return Boot.NONE;
    }

    private boolean hasSystemd() {
        if (hasOneOf(SYSTEMD)) {
            return true;
        }
        Optional<Path> init = files.find("/sbin/init");
        return init.isPresent() && init.get().endsWith("systemd");
    }

    private boolean hasOneOf(String[] programs) {
        for (String program : programs) {
            if (files.isProgram(program)) {
                return true;
            }
        }
        return false;
    }

    /** The {@code ID} of os-release(5), or empty when there is none. */
    String family() throws IOException {
        for (String path : OS_RELEASE) {
            Optional<Path> file = files.find(path);
            if (file.isPresent() && Files.isRegularFile(file.get()) && Files.size(file.get()) <= LONGEST_OS_RELEASE) {
                return id(Files.readString(file.get(), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return "";
    }

    static String id(String osRelease) {
        for (String line : osRelease.split("\n")) {
            String text = line.strip();
            if (text.startsWith("ID=")) {
                String value = text.substring(3).strip();
                boolean quoted = value.length() > 1
                        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                        && value.charAt(value.length() - 1) == value.charAt(0);
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return "";
    }
}

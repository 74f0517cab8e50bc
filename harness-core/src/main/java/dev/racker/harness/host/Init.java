package dev.racker.harness.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The first process of a host.
 *
 * @param name the program's name; {@code systemd} exactly when sd_booted(3) says so
 * @param version the version, empty when it is not known
 */
public record Init(String name, String version) {

    private static final String LIBRARY = "libsystemd-shared-";

    /** Says whether the host was booted with systemd. */
    public boolean isSystemd() {
        return name.equals("systemd");
    }

    /** The name without the version, which takes longer to find. */
    static Init named(HostFiles files) {
        if (Files.isDirectory(files.at("/run/systemd/system"))) {
            return new Init("systemd", "");
        }
        String comm = files.line("/proc/1/comm");
        if (comm.equals("systemd")) {
            return new Init("a systemd without /run/systemd/system", "");
        }
        return new Init(comm.isEmpty() ? "unknown" : comm, "");
    }

    Init withVersion(HostFiles files) {
        return isSystemd() ? new Init(name, systemdVersion(files)) : this;
    }

    /** Reads the version from the name of systemd's private library, so that no program need be started. */
    private static String systemdVersion(HostFiles files) {
        for (String directory : new String[] {"/usr/lib/systemd", "/lib/systemd", "/usr/lib64/systemd"}) {
            String version = libraryVersion(files.at(directory));
            if (!version.isEmpty()) {
                return version;
            }
        }
        Path libraries = files.at("/usr/lib");
        if (!Files.isDirectory(libraries)) {
            return "";
        }
        try (DirectoryStream<Path> multiarch = Files.newDirectoryStream(libraries, "*-linux-*")) {
            for (Path directory : multiarch) {
                String version = libraryVersion(directory.resolve("systemd"));
                if (!version.isEmpty()) {
                    return version;
                }
            }
            return "";
        } catch (IOException e) {
            throw new HostException("Tried to list " + libraries + ", but " + e.getMessage() + ".", null, e);
        }
    }

    private static String libraryVersion(Path directory) {
        if (!Files.isDirectory(directory)) {
            return "";
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, LIBRARY + "*.so")) {
            for (Path library : found) {
                String file = library.getFileName().toString();
                return file.substring(LIBRARY.length(), file.length() - ".so".length());
            }
            return "";
        } catch (IOException e) {
            throw new HostException("Tried to list " + directory + ", but " + e.getMessage() + ".", null, e);
        }
    }
}

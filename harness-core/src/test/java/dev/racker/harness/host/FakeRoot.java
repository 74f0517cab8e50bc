package dev.racker.harness.host;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A directory that stands for the root of a host: files captured from a real one, and what a test changes. */
final class FakeRoot {

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));

    private FakeRoot(Path directory) {
        this.directory = directory;
    }

    /** A container on a host with hybrid control groups, in which PID 1 is not systemd. */
    static FakeRoot containerHybrid(Path directory) {
        return captured("container-hybrid", directory);
    }

    /** A host that was booted by systemd, with D-Bus, machined and unified control groups. */
    static FakeRoot systemdUnified(Path directory) {
        return captured("systemd-unified", directory);
    }

    static FakeRoot empty(Path directory) {
        return new FakeRoot(directory);
    }

    FakeRoot env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    FakeRoot write(String path, String text) {
        try {
            Files.createDirectories(at(path).getParent());
            Files.writeString(at(path), text);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    FakeRoot program(String path, String script) {
        write(path, "#!/bin/sh\n" + script + "\n");
        try {
            Files.setPosixFilePermissions(at(path), PosixFilePermissions.fromString("rwxr-xr-x"));
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    FakeRoot replace(String path, String old, String replacement) {
        try {
            String text = Files.readString(at(path));
            if (!text.contains(old)) {
                throw new AssertionError(path + " does not contain " + old);
            }
            return write(path, text.replace(old, replacement));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    FakeRoot remove(String path) {
        try {
            Files.delete(at(path));
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path at(String path) {
        return directory.resolve(path.substring(1));
    }

    Host host() {
        return new Host(directory, environment);
    }

    private static FakeRoot captured(String name, Path directory) {
        try {
            Path source = Path.of(FakeRoot.class.getResource(name).toURI());
            try (Stream<Path> tree = Files.walk(source)) {
                for (Path file : (Iterable<Path>) tree.skip(1)::iterator) {
                    Files.copy(file, directory.resolve(source.relativize(file).toString()));
                }
            }
            return new FakeRoot(directory);
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}

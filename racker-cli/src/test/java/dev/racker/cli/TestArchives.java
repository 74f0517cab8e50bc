package dev.racker.cli;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Root file systems to run: a real Debian, made once and shared with the tests of harness-core, and a busybox. */
final class TestArchives {

    private static final CommandRunner RUNNER = new CommandRunner();

    private TestArchives() {}

    /** Debian bookworm with systemd and D-Bus. */
    static Path debian() {
        return dev.racker.harness.TestArchives.bootable();
    }

    /** A tree with a static busybox and its links, without init, package manager and getent. */
    static Path busybox(Path directory) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Files.createDirectories(directory.resolve("etc"));
        Files.createDirectories(directory.resolve("usr"));
        Files.writeString(
                directory.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\napp:x:1000:1000::/srv/app:/bin/sh\n");
        Files.writeString(directory.resolve("etc/group"), "root:x:0:\napp:x:1000:\nvideo:x:44:app\n");
        Path run = Files.createDirectories(directory.resolve("run/app"));
        Files.setAttribute(run, "unix:uid", 1000);
        Files.createDirectories(directory.resolve("tmp"));
        Files.writeString(directory.resolve("tmp/file"), "");
        Files.writeString(directory.resolve("etc/marker"), directory.getFileName() + "\n");
        Path busybox = bin.resolve("busybox");
        Files.copy(Path.of("/bin/busybox").toRealPath(), busybox);
        busybox.toFile().setExecutable(true, false);
        for (String name : new String[] {
            "sh", "cat", "echo", "ls", "id", "sleep", "env", "pwd", "true", "stty", "tty", "grep", "stat"
        }) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("/bin/busybox"));
        }
        return directory;
    }

    static Path tar(Path directory) {
        Path archive = directory.resolveSibling(directory.getFileName() + ".tar");
        RUNNER.run(Command.of("tar", "-C", directory.toString(), "--numeric-owner", "-cf", archive.toString(), "."));
        return archive;
    }

    /** An archive as `docker save` writes it. */
    static Path dockerArchive(Path directory, String name, String... configuration) {
        String layout =
                directory.resolveSibling(directory.getFileName() + "-oci").toString();
        String image = layout + ":latest";
        RUNNER.run(Command.of("umoci", "init", "--layout", layout));
        RUNNER.run(Command.of("umoci", "new", "--image", image));
        RUNNER.run(Command.of(
                "umoci", "raw", "add-layer", "--image", image, tar(directory).toString()));
        RUNNER.run(Command.of("umoci", "config", "--image", image).with(configuration));
        Path archive = directory.resolveSibling(directory.getFileName() + "-docker.tar");
        RUNNER.run(Command.of("skopeo", "copy", "oci:" + image, "docker-archive:" + archive + ":" + name));
        return archive;
    }
}

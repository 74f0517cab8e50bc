package dev.racker.harness.distribution;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Debian package that a test builds with dpkg-deb; public, so that the tests of other modules can. */
public final class DebPackage {

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> scripts = new LinkedHashMap<>();
    private String compression = "xz";

    private DebPackage(String name, String version) {
        fields.put("Package", name);
        fields.put("Version", version);
        fields.put("Architecture", "all");
        fields.put("Maintainer", "Nobody <nobody@example.org>");
        fields.put("Description", "Test");
    }

    /** Begins a package of architecture {@code all} with nothing in it. */
    public static DebPackage of(String name, String version) {
        return new DebPackage(name, version);
    }

    /** Sets a field of the control file: Depends, Conflicts, Architecture, ... */
    public DebPackage field(String key, String value) {
        fields.put(key, value);
        return this;
    }

    /** Adds a file by its path without a leading slash; below etc it becomes a configuration file. */
    public DebPackage file(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** Adds a service that runs a program. */
    public DebPackage service(String name, String command) {
        return file(
                "lib/systemd/system/" + name + ".service",
                "[Unit]\nDescription=" + name + "\n[Service]\nExecStart=" + command
                        + "\n[Install]\nWantedBy=multi-user.target\n");
    }

    /** Adds a maintainer script: preinst, postinst, prerm, postrm. */
    public DebPackage script(String name, String text) {
        scripts.put(name, "#!/bin/sh\n" + text);
        return this;
    }

    /** Sets how control.tar and data.tar are compressed: none, gzip, xz, zstd. */
    public DebPackage compressed(String newCompression) {
        this.compression = newCompression;
        return this;
    }

    /** Builds it in a directory and gives its file. */
    public Path build(Path directory) throws IOException {
        Path tree = Files.createTempDirectory(directory, "deb");
        Path control = Files.createDirectories(tree.resolve("DEBIAN"));
        StringBuilder text = new StringBuilder();
        fields.forEach(
                (key, value) -> text.append(key).append(": ").append(value).append('\n'));
        Files.writeString(control.resolve("control"), text);
        StringBuilder configuration = new StringBuilder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = tree.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().startsWith("etc/")) {
                configuration.append('/').append(file.getKey()).append('\n');
            }
        }
        Files.writeString(control.resolve("conffiles"), configuration);
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            Files.writeString(control.resolve(script.getKey()), script.getValue());
        }
        CommandRunner runner = new CommandRunner();
        runner.run(Command.of("chmod", "--recursive", "755", tree.toString()));
        Path file = directory.resolve(fields.get("Package") + "_"
                + fields.get("Version").replace(':', '_') + "_" + fields.get("Architecture") + ".deb");
        runner.run(Command.of("dpkg-deb", "--root-owner-group", "--uniform-compression", "-Z" + compression)
                .with("--build", tree.toString(), file.toString()));
        runner.run(Command.of("rm", "-r", "--", tree.toString()));
        return file;
    }
}

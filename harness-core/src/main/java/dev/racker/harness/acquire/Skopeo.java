package dev.racker.harness.acquire;

import dev.racker.harness.image.Platform;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The program skopeo (skopeo(1), 1.9 and newer), one method per sub-command.
 *
 * <p>Sources are written as containers-transports(5) says. A password never appears among the arguments.
 */
public final class Skopeo {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LONGEST_COPY = Duration.ofHours(6);

    /** Where skopeo puts what is too large for memory; so it is removed even when skopeo was killed. */
    private static final String TMPDIR = "TMPDIR";

    private final CommandRunner runner;

    /** Creates the tool on a runner. */
    public Skopeo(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Reads the manifest or index of a source as it is stored there, byte for byte.
     *
     * @param deadline how long the registry may take for its answer
     * @throws RegistryException when there is no such thing, or the registry refuses or does not answer
     */
    public byte[] inspectRaw(String source, RegistryOptions options, Duration deadline) {
        CommandResult result = runner.run(inspectRawCommand(source, options, deadline));
        if (result.status() != 0) {
            throw RegistryFailures.of(source, result.errorText());
        }
        return result.stdout();
    }

    /**
     * Starts to copy an image into a fresh OCI layout whose blobs, the manifest included, go to a directory shared with
     * other layouts; blobs that are there already are not transferred. The holder watches it and looks at how it ends.
     */
    public RunningCommand copy(String source, CopyTarget target, Platform platform, RegistryOptions options) {
        return runner.start(copyCommand(source, target, platform, options));
    }

    /**
     * Reads the configuration of an image as it is stored in its source, byte for byte.
     *
     * @param work where skopeo unpacks an archive that is compressed
     */
    byte[] inspectConfig(String source, RegistryOptions options, Platform platform, Path work) {
        CommandResult result = runner.run(inspectConfigCommand(source, options, platform, work));
        if (result.status() != 0) {
            throw RegistryFailures.of(source, result.errorText());
        }
        return result.stdout();
    }

    /**
     * Sends an image of an OCI layout to another place.
     *
     * @param work where skopeo puts what it has to keep meanwhile
     * @throws RegistryException when that place does not take it
     */
    void send(String source, String destination, SendOptions options, Path work) {
        CommandResult result = runner.run(sendCommand(source, destination, options, work));
        if (result.status() != 0) {
            throw RegistryFailures.ofPush(destination, result.errorText());
        }
    }

    /** Checks a user's password with a registry, and keeps both where containers-auth.json(5) says. */
    void login(String host, String user, String password, RegistryOptions options) {
        CommandResult result = runner.run(loginCommand(host, user, password, options));
        if (result.status() != 0) {
            throw RegistryFailures.ofLogin(host, result.errorText());
        }
    }

    /** Forgets the password for a registry, or for all of them when {@code host} is null; says what skopeo says. */
    CommandResult logout(String host, Path authFile) {
        return runner.run(logoutCommand(host, authFile));
    }

    static Command inspectConfigCommand(String source, RegistryOptions options, Platform platform, Path work) {
        List<String> arguments = new ArrayList<>();
        arguments.add("skopeo");
        addPlatform(arguments, platform);
        arguments.add("inspect");
        arguments.add("--config");
        arguments.add("--raw");
        addOptions(arguments, "--", options);
        arguments.add(source);
        return Command.of(arguments).env(TMPDIR, work.toString()).expectAny();
    }

    static Command sendCommand(String source, String destination, SendOptions options, Path work) {
        List<String> arguments = new ArrayList<>();
        arguments.add("setpriv");
        arguments.add("--pdeathsig=KILL");
        arguments.add("skopeo");
        arguments.add("copy");
        arguments.add("--quiet");
        if (options.format() != null) {
            arguments.add("--format=" + options.format());
        }
        if (options.digestFile() != null) {
            arguments.add("--digestfile=" + options.digestFile());
        }
        addOptions(arguments, "--dest-", options.registry());
        arguments.add(source);
        arguments.add(destination);
        return Command.of(arguments).env(TMPDIR, work.toString()).expectAny().timeout(LONGEST_COPY);
    }

    static Command loginCommand(String host, String user, String password, RegistryOptions options) {
        List<String> arguments = new ArrayList<>();
        arguments.add("skopeo");
        arguments.add("login");
        arguments.add("--username=" + user);
        arguments.add("--password-stdin");
        addOptions(arguments, "--", options);
        arguments.add(host);
        return Command.of(arguments).stdin(Command.Input.of(password)).expectAny();
    }

    static Command logoutCommand(String host, Path authFile) {
        List<String> arguments = new ArrayList<>();
        arguments.add("skopeo");
        arguments.add("logout");
        if (authFile != null) {
            arguments.add("--authfile=" + authFile);
        }
        arguments.add(host == null ? "--all" : host);
        return Command.of(arguments).expectAny();
    }

    static Command inspectRawCommand(String source, RegistryOptions options, Duration deadline) {
        List<String> arguments = new ArrayList<>();
        arguments.add("skopeo");
        arguments.add("--command-timeout=" + deadline.toSeconds() + "s");
        arguments.add("inspect");
        arguments.add("--raw");
        addOptions(arguments, "--", options);
        arguments.add(source);
        return Command.of(arguments).expectAny().timeout(deadline.plus(GRACE));
    }

    static Command copyCommand(String source, CopyTarget target, Platform platform, RegistryOptions options) {
        List<String> arguments = new ArrayList<>();
        arguments.add("setpriv");
        arguments.add("--pdeathsig=KILL"); // nobody wants the image any more when this process is gone
        arguments.add("skopeo");
        addPlatform(arguments, platform);
        arguments.add("copy");
        arguments.add("--quiet");
        arguments.add("--remove-signatures"); // an OCI layout cannot hold them
        arguments.add("--dest-shared-blob-dir=" + target.sharedBlobs());
        // Without it uncompressed layers, such as those of `docker save`, would be compressed only to be unpacked
        // again.
        arguments.add("--dest-oci-accept-uncompressed-layers");
        addOptions(arguments, "--src-", options);
        arguments.add(source);
        arguments.add("oci:" + target.layout() + ":" + CopyTarget.NAME);
        return Command.of(arguments)
                .env(TMPDIR, target.layout().getParent().toString())
                .expectAny()
                .timeout(LONGEST_COPY);
    }

    private static void addPlatform(List<String> arguments, Platform platform) {
        arguments.add("--override-os=" + platform.os());
        arguments.add("--override-arch=" + platform.architecture());
        if (platform.variant() != null) {
            arguments.add("--override-variant=" + platform.variant());
        }
    }

    private static void addOptions(List<String> arguments, String prefix, RegistryOptions options) {
        if (options.tlsVerify() != null) {
            arguments.add(prefix + "tls-verify=" + options.tlsVerify());
        }
        if (options.authFile() != null) {
            arguments.add(prefix + "authfile=" + options.authFile());
        }
        if (options.certDir() != null) {
            arguments.add(prefix + "cert-dir=" + options.certDir());
        }
    }

    /**
     * Where a copy goes.
     *
     * @param layout a directory that skopeo makes an OCI layout; its path holds no colon
     * @param sharedBlobs the {@code blobs} directory of the store, on the same file system
     */
    public record CopyTarget(Path layout, Path sharedBlobs) {

        static final String NAME = "image";
    }
}

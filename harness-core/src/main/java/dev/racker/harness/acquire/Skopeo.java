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
        arguments.add("--override-os=" + platform.os());
        arguments.add("--override-arch=" + platform.architecture());
        if (platform.variant() != null) {
            arguments.add("--override-variant=" + platform.variant());
        }
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
        return Command.of(arguments).expectAny().timeout(LONGEST_COPY);
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

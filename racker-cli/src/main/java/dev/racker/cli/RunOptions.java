package dev.racker.cli;

import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import java.nio.file.Path;

/** The options of {@code racker run}, as they were typed. */
final class RunOptions extends Options {

    final Flag interactive = flag("-i, --interactive", "Pass standard input on to the command.");

    final Flag terminal = flag("-t, --tty", "Give the command a terminal, when there is one here.");

    final Flag init = flag("--init", "Run a command that is not booted under a small init.");

    final Flag remove = flag("--rm", "Remove the container when it ends.");

    final Value<String> name = text("--name", "NAME", "Name the container.");

    final Value<String> hostname = text("-h, --hostname", "NAME", "Set the host name inside.");

    final Values<String> environment =
            texts("-e, --env", "NAME[=VALUE]", "Set a variable, or pass the one of this name on.");

    final Values<Path> environmentFiles =
            values(Path.class, "--env-file", "FILE", "Set the variables in this file, one in a line.");

    final Value<String> directory = text("-w, --workdir", "DIR", "Run the command in this directory.");

    final Value<String> user = text("-u, --user", "USER[:GROUP]", "Run the command as this user, by name or number.");

    final Value<String> entrypoint = text("--entrypoint", "PROGRAM", "Replace the image's entrypoint.");

    final MountOptions mounts = include(new MountOptions());

    final NetworkFlags network = include(new NetworkFlags());

    final Value<String> pull =
            text("--pull", "missing|always|never", "When to pull the image before it is used (default: missing).");

    final Value<String> systemd = text(
            "--systemd", "auto|always|false", "Boot the image's init (default: auto, when it is an operating system).");

    final Value<Integer> bootTimeout = value(
            Integer.class,
            "--boot-timeout",
            "SECONDS",
            "Give up when the machine is not ready after this time (default: 60).");

    final Value<String> detachKeys = text(
            "--detach-keys",
            "KEYS",
            "The keys that leave a container with a terminal running (default: ctrl-p,ctrl-q; with --rm none).");

    final Value<Path> idFile = value(Path.class, "--cidfile", "FILE", "Write the container's id to this new file.");

    final LimitOptions limits = include(new LimitOptions());

    final IsolationOptions isolation = include(new IsolationOptions());

    final LifecycleOptions lifecycle = include(new LifecycleOptions());

    final LabelOptions labels = include(new LabelOptions());

    final Flag quiet = flag("-q, --quiet", "Do not tell about downloads and preparations.");
}

package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Mounts the layers of a container that does not run where nobody else sees it, for as long as it is open. */
final class HeldRoot {

    /**
     * Base, options, mount point, owners. mount(2) is asked for because fsconfig(2) limits an option string to 256 bytes.
     * The mount is detached from its place, so that nothing is above it, and ends with the process whose working directory
     * it is.
     */
    private static final String SCRIPT =
            "cd \"$1\" && LIBMOUNT_FORCE_MOUNT2=always mount -t overlay -o \"$2\" racker \"$3\""
                    + " && cd \"$3\" && umount --lazy \"$3\" || exit; hold='echo held; read -r _'; [ \"$4\" = 0 ] || exec unshare --user /bin/sh -c \"$hold\";"
                    + " eval \"$hold\"";

    private static final Duration LONGEST = Duration.ofDays(1);

    private final CommandRunner runner;

    HeldRoot(CommandRunner runner) {
        this.runner = runner;
    }

    /** Opens a stack that nobody else has mounted. */
    ContainerView open(LayerStack stack) {
        // In that namespace nobody needs the upper directory itself, so it is the mount point.
        Path root = stack.upper();
        Command command = Command.of("unshare", "--mount", "/bin/sh", "-c", SCRIPT, "sh")
                .with(stack.base().toString(), stack.mountOptions(), root.toString(), Integer.toString(stack.owners()));
        RunningCommand holder = runner.start(
                command.expectAny().stdin(Input.pipe()).stdout(Output.pipe()).timeout(LONGEST));
        try {
            if (holder.stdout().read() < 0) {
                CommandResult result = holder.await();
                throw failed(root, result.errorText(), null);
            }
            if (stack.owners() != 0) {
                map(holder.pid(), stack.owners());
            }
        } catch (IOException e) {
            holder.close();
            throw failed(root, e.getMessage(), e);
        } catch (RuntimeException e) {
            holder.close();
            throw e;
        }
        Path seen = Path.of("/proc/" + holder.pid() + "/cwd");
        return new ContainerView(seen, stack.owners() == 0 ? 0 : holder.pid(), holder::close);
    }

    /** user_namespaces(7): written once, whole, by who is privileged outside of it. */
    private static void map(long pid, int owners) throws IOException {
        for (String file : new String[] {"uid_map", "gid_map"}) {
            Files.writeString(
                    Path.of("/proc/" + pid + "/" + file),
                    "0 " + owners + " " + LayerStack.OWNER_COUNT + "\n",
                    StandardOpenOption.WRITE);
        }
    }

    private static HarnessException failed(Path root, String problem, IOException cause) {
        return new HarnessException(
                "Tried to look at the files of the container in " + root.getParent() + ", but: " + problem + ".",
                null,
                cause);
    }
}

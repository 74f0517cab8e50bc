package dev.racker.harness.host;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Measures directories with du(1), which is faster than walking a tree of layers in Java. */
public final class Disks {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CommandRunner runner;

    /** Creates a measurer that starts du with this runner. */
    public Disks(CommandRunner runner) {
        this.runner = runner;
    }

    /** Starts to measure all of these directories at once. */
    public Measurement measure(List<Path> directories) {
        List<RunningCommand> commands = new ArrayList<>();
        for (Path directory : directories) {
            commands.add(Files.isDirectory(directory) ? start(directory) : null);
        }
        return new Measurement(List.copyOf(directories), commands);
    }

    /** du stays in one file system: what machines have mounted below is not the directory's. */
    static Command du(Path directory) {
        return Command.of("du", "--summarize", "--one-file-system", "--block-size=1", "--", directory.toString())
                .timeout(PATIENCE)
                .expectAny();
    }

    private RunningCommand start(Path directory) {
        try {
            return runner.start(du(directory));
        } catch (CommandException noDu) {
            return null;
        }
    }

    /** A measurement under way; closing it ends what still runs. */
    public static final class Measurement implements AutoCloseable {

        private final List<Path> directories;
        private final List<RunningCommand> commands;

        private Measurement(List<Path> directories, List<RunningCommand> commands) {
            this.directories = directories;
            this.commands = commands;
        }

        /** Waits for the end of the measurement; the order is that of the directories. */
        public List<DiskUsage> await() {
            List<DiskUsage> usages = new ArrayList<>();
            for (int i = 0; i < directories.size(); i++) {
                usages.add(usage(directories.get(i), commands.get(i)));
            }
            return usages;
        }

        /** Ends what still runs. */
        @Override
        public void close() {
            for (RunningCommand command : commands) {
                if (command != null) {
                    command.close();
                }
            }
        }

        private static DiskUsage usage(Path directory, RunningCommand du) {
            Path existing = directory.toAbsolutePath();
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            boolean exists = Files.isDirectory(directory);
            try {
                FileStore store = Files.getFileStore(existing);
                OptionalLong used = exists ? used(du) : OptionalLong.of(0);
                return new DiskUsage(
                        directory, exists, used, store.getUsableSpace(), store.getTotalSpace(), store.type());
            } catch (IOException e) {
                throw new HostException(
                        "Tried to find the free space at " + existing + ", but " + e.getMessage() + ".", null, e);
            }
        }

        private static OptionalLong used(RunningCommand du) {
            if (du == null) {
                return OptionalLong.empty();
            }
            try {
                CommandResult result = du.await();
                String text = result.text();
                int end = text.indexOf('\t');
                // A status other than 0 means that parts could not be read: the sum would be too small.
                return result.status() != 0 || end < 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(text.substring(0, end)));
            } catch (CommandException tooSlow) {
                return OptionalLong.empty();
            }
        }
    }
}

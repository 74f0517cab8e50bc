package dev.racker.harness.acquire;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.OpaqueDump;
import dev.racker.harness.store.StackLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Overlayfs's mark of opaque directories, by getfattr and setfattr (attr): Java cannot see trusted attributes. */
final class OpaqueMarks {

    private final CommandRunner runner;

    OpaqueMarks(CommandRunner runner) {
        this.runner = runner;
    }

    /** Those of these directories that are opaque, found by one process. */
    Set<Path> among(List<Path> directories) {
        Set<Path> opaque = new HashSet<>();
        if (!directories.isEmpty()) {
            Set<String> names =
                    OpaqueDump.parse(runner.run(getCommand(directories)).stdout());
            for (Path directory : directories) {
                if (names.contains(raw(directory))) {
                    opaque.add(directory);
                }
            }
        }
        return opaque;
    }

    void mark(Path directory) {
        runner.run(setCommand(directory));
    }

    /** Answers for one look at layers that nobody changes: asks for each directory once, for those of one name together. */
    StackLookup.Marks remembered() {
        return new Remembered();
    }

    private final class Remembered implements StackLookup.Marks {

        private final Set<Path> asked = new HashSet<>();
        private final Set<Path> opaque = new HashSet<>();

        @Override
        public boolean isOpaque(Path directory) {
            ask(List.of(directory));
            return opaque.contains(directory);
        }

        @Override
        public int seen(List<Path> topFirst) {
            ask(topFirst.subList(0, topFirst.size() - 1));
            return StackLookup.Marks.super.seen(topFirst);
        }

        private void ask(List<Path> directories) {
            List<Path> unknown = new ArrayList<>();
            for (Path directory : directories) {
                if (asked.add(directory)) {
                    unknown.add(directory);
                }
            }
            opaque.addAll(among(unknown));
        }
    }

    private static String raw(Path path) {
        return new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static Command getCommand(List<Path> directories) {
        Command command = Command.of(
                        "getfattr",
                        "--absolute-names",
                        "--dump",
                        "--match=^trusted\\.overlay\\.opaque$",
                        "--no-dereference",
                        "--")
                .expectAny();
        for (Path directory : directories) {
            command = command.with(directory.toString());
        }
        return command;
    }

    static Command setCommand(Path directory) {
        return Command.of(
                "setfattr",
                "--no-dereference",
                "--name=" + OpaqueDump.ATTRIBUTE,
                "--value=y",
                "--",
                directory.toString());
    }
}

package dev.racker.harness.evidence;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.OpaqueDump;
import dev.racker.harness.store.StackLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Overlayfs's marks in whole layers, found by one run of getfattr(1) for each: Java cannot see trusted attributes. */
final class OpaqueDirectories implements StackLookup.Marks {

    private final List<Path> layers;
    private final CommandRunner runner;
    private final Map<Path, Set<String>> known = new HashMap<>();

    OpaqueDirectories(List<Path> layers, CommandRunner runner) {
        this.layers = layers;
        this.runner = runner;
    }

    @Override
    public boolean isOpaque(Path directory) {
        for (Path layer : layers) {
            if (directory.startsWith(layer)) {
                return known.computeIfAbsent(layer, this::read).contains(raw(directory));
            }
        }
        return false;
    }

    private Set<String> read(Path layer) {
        return OpaqueDump.parse(runner.run(command(layer)).stdout());
    }

    static Command command(Path layer) {
        // Files that vanish meanwhile are told on standard error and in the status.
        return Command.of(
                        "getfattr",
                        "--recursive",
                        "--physical",
                        "--no-dereference",
                        "--absolute-names",
                        "--dump",
                        "--match=^trusted\\.overlay\\.opaque$",
                        "--",
                        layer.toString())
                .expectAny();
    }

    private static String raw(Path path) {
        return new String(GuestName.bytes(path), StandardCharsets.ISO_8859_1);
    }
}

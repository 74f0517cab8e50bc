package dev.racker.harness.evidence;

import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.store.StackLookup;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Trees made by hand; a socket stands for a whiteout, which only root can make. */
abstract class LeftoverCase {

    @TempDir
    Path temporary;

    final Set<Path> opaque = new HashSet<>();
    Path low;
    Path boot;
    Path upper;
    LeftoverSnapshot before;

    @BeforeEach
    void layers() throws IOException {
        low = Files.createDirectory(temporary.resolve("low"));
        boot = Files.createDirectory(temporary.resolve("boot"));
        upper = Files.createDirectory(temporary.resolve("upper"));
        file(low, "etc/passwd", "root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/:/bin/false\n");
        file(low, "etc/group", "root:x:0:\n");
        file(low, "etc/shells", "/bin/sh\n");
        file(low, "usr/lib/libfoo.so.1", "one");
        file(low, "usr/share/doc/foo/a", "a");
        file(low, "usr/share/doc/foo/b", "b");
        directory(low, "var/lib");
        directory(low, "etc/cron.d");
        link(low, "lib", "usr/lib");
        before = look();
    }

    LeftoverCheck check() {
        return LeftoverCheck.between(before, look());
    }

    LeftoverCheck check(LeftoverSnapshot other) {
        return LeftoverCheck.between(other, look(List.of(boot)));
    }

    LeftoverSnapshot emptyBase() throws IOException {
        Path nothing = directory(temporary, "nothing");
        return LeftoverSnapshot.read(new LayerStack(List.of(boot), nothing, temporary, true, 0), opaque(), Set.of());
    }

    LeftoverSnapshot look() {
        return look(List.of(low, boot));
    }

    LeftoverSnapshot look(List<Path> lower) {
        return LeftoverSnapshot.read(new LayerStack(lower, upper, temporary, true, 0), opaque(), Set.of("/mnt"));
    }

    StackLookup.Marks opaque() {
        return new StackLookup.Marks() {
            @Override
            public boolean isWhiteout(Path entry) {
                return true;
            }

            @Override
            public boolean isOpaque(Path directory) {
                return opaque.contains(directory);
            }
        };
    }

    static List<String> lines(LeftoverCheck check) {
        return check.leftovers().stream()
                .map(left -> left.kind().words() + " " + left.subject() + ": " + left.state())
                .toList();
    }

    static Path file(Path layer, String path, String text) throws IOException {
        Path file = layer.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    static Path directory(Path layer, String path) throws IOException {
        return Files.createDirectories(layer.resolve(path));
    }

    static void link(Path layer, String path, String target) throws IOException {
        Path link = layer.resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    void whiteout(String path) throws IOException {
        Path short_ = temporary.resolve("s");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(short_));
        }
        Files.move(short_, upper.resolve(path));
    }
}

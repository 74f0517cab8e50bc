package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.racker.harness.machine.Toolbox;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tar may reach when a path of the container has become a link after it was looked at. */
class ConfinedTarIT {

    @TempDir
    private Path directory;

    private final CommandRunner runner = new CommandRunner();
    private Path root;
    private Path outside;
    private ConfinedTar tar;

    @BeforeEach
    void put_links_where_directories_were() throws IOException {
        root = Files.createDirectories(directory.resolve("container/root"));
        outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "of the host\n");
        Files.writeString(Files.createDirectories(root.resolve("srv/inside")).resolve("secret"), "of the container\n");
        Files.createSymbolicLink(root.resolve("srv/absolute"), outside);
        Files.createSymbolicLink(root.resolve("srv/upwards"), Path.of("../../../outside"));
        Files.createSymbolicLink(root.resolve("srv/top"), Path.of("/"));
        tar = new ConfinedTar(Toolbox.of(directory.resolve("toolbox"), runner));
    }

    private CommandResult run(List<String> arguments, byte[] input) {
        ContainerView view = new ContainerView(root, 0, () -> {});
        return runner.run(tar.command(view, arguments).expectAny().stdin(Input.of(input)));
    }

    private byte[] archive() {
        return run(TarPipe.pack("./srv/inside", "secret", "written", false), new byte[0])
                .stdout();
    }

    @ParameterizedTest
    @ValueSource(strings = {"./srv/absolute", "./srv/upwards"})
    void nothing_is_read_outside(String place) {
        assertNotEquals(
                0, run(TarPipe.pack(place, "secret", "", false), new byte[0]).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"./srv/absolute", "./srv/upwards", "./srv/top"})
    void nothing_is_written_outside(String place) throws IOException {
        assertNotEquals(0, run(TarPipe.unpack(place, true), archive()).status());

        assertEquals(List.of("secret"), names(outside));
    }

    @Test
    void what_is_inside_is_read_and_written() throws IOException {
        assertEquals(
                0,
                run(TarPipe.unpack("./srv/inside/../inside", true), archive()).status());

        assertEquals("of the container\n", Files.readString(root.resolve("srv/inside/written")));
    }

    private static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            children.forEach(child -> names.add(child.getFileName().toString()));
        }
        return names;
    }
}

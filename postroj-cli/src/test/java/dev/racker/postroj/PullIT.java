package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.LoopbackRegistry;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code postroj pull} from a real registry on the loopback interface that has one of two images. */
class PullIT {

    private static final CommandRunner RUNNER = new CommandRunner();

    @TempDir
    private static Path shared;

    private static LoopbackRegistry registry;
    private static ServerSocket mute;
    private static String silent;

    private TestSession postroj;
    private Path directory;

    @BeforeAll
    static void serve_an_image_that_has_an_init() throws IOException {
        registry = LoopbackRegistry.plain(Files.createDirectory(shared.resolve("registry")));
        mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        silent = "127.0.0.1:" + mute.getLocalPort();

        Path tree = shared.resolve("tree");
        program(tree.resolve("usr/lib/systemd/systemd"));
        program(tree.resolve("usr/bin/dbus-daemon"));
        Files.createDirectories(tree.resolve("etc"));
        Files.writeString(tree.resolve("etc/os-release"), "ID=test\n");
        String layout = shared.resolve("layout").toString();
        RUNNER.run(Command.of("umoci", "init", "--layout=" + layout));
        RUNNER.run(Command.of("umoci", "new", "--image=" + layout + ":1"));
        String layer = shared.resolve("layer.tar").toString();
        RUNNER.run(Command.of("tar", "--create", "--file=" + layer, "--directory=" + tree, "."));
        RUNNER.run(Command.of("umoci", "raw", "add-layer", "--image=" + layout + ":1", layer));
        registry.push(Path.of(layout), "1", "good:1");
    }

    @AfterAll
    static void stop() throws IOException {
        registry.close();
        mute.close();
    }

    @BeforeEach
    void open(@TempDir Path own) throws IOException {
        directory = own;
        postroj = TestSession.in(directory);
        Path images = Files.createDirectory(directory.resolve("images.d"));
        Files.writeString(images.resolve("test.json"), """
                {"name":"Test","family":"test","releases":[
                 {"label":"silent-1","aliases":[],"support":"untried","standsFor":[],
                  "sources":[{"registry":"%2$s/x:1"}],"provisioning":{"packages":[],"quirks":[]}},
                 {"label":"silent-2","aliases":[],"support":"untried","standsFor":[],
                  "sources":[{"registry":"%2$s/x:2"}],"provisioning":{"packages":[],"quirks":[]}},
                 {"label":"test-bad","aliases":[],"support":"untried","standsFor":[],
                  "sources":[{"registry":"%1$s/missing:1"}],"provisioning":{"packages":[],"quirks":[]}},
                 {"label":"test-good","aliases":["test-1"],"support":"untried","standsFor":[],
                  "sources":[{"registry":"%1$s/good:1"}],"provisioning":{"packages":[],"quirks":[]}}]}
                """.formatted(registry.host(), silent));
    }

    @Test
    void one_that_fails_does_not_stop_the_others() {
        int status = pull("--jobs=1", "test-*");

        String[] lines = postroj.out().split("\n");
        assertAll(
                () -> assertEquals(3, status),
                () -> assertEquals(3, lines.length, postroj::out),
                () -> assertTrue(lines[1].matches("test-bad +failed +- +[0-9.]+ s"), postroj::out),
                () -> assertTrue(lines[2].matches("test-good +new +[0-9.]+k?B +[0-9.]+ s"), postroj::out),
                () -> assertTrue(postroj.err().contains("test-bad: failed\n"), postroj::err),
                () -> assertTrue(postroj.err().contains("postroj: Tried to"), postroj::err),
                () -> assertTrue(postroj.err().contains(registry.host() + "/missing:1"), postroj::err),
                () -> assertTrue(postroj.err().contains("test-good: Downloading"), postroj::err));
        assertEquals(0, postroj.run("list-images", "--installed", "--format=labels"));
        assertEquals("test-good\n", postroj.out());
    }

    @Test
    void an_image_is_there_once_whichever_label_is_used() {
        assertEquals(0, pull("--jobs=4", "test-1", "test-good", "--quiet"), postroj::err);
        String first = postroj.out();
        assertEquals("", postroj.err());
        assertEquals(0, pull("test-good"));

        assertEquals(2, first.split("\n").length, first);
        assertTrue(postroj.out().contains("up to date"), postroj::out);
        assertEquals(1, postroj.session().store().images().list().images().size());
    }

    @Test
    void an_interrupt_gives_up_what_is_under_way_and_begins_nothing_new() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(TestPostroj.command("pull", "--tls-verify=false", "--jobs=1", "silent-*"));
        builder.environment()
                .putAll(Map.of(
                        "RACKER_STATE_DIR", directory.resolve("state").toString(),
                        "RACKER_CACHE_DIR", directory.resolve("cache").toString(),
                        "RACKER_RUN_DIR", directory.resolve("run").toString(),
                        "RACKER_IMAGES_DIR", directory.resolve("images.d").toString()));
        Process process = builder.start();
        Socket asked = mute.accept();
        try {
            RUNNER.run(Command.of("kill", "-s", "INT", Long.toString(process.pid())));

            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertAll(
                    () -> assertEquals(3, process.waitFor(), err),
                    () -> assertTrue(out.contains("silent-1   interrupted   -"), out),
                    () -> assertTrue(out.contains("silent-2   interrupted   -"), out),
                    () -> assertFalse(err.contains("Tried to"), err),
                    () -> assertEquals("", asking(), "skopeo still runs"));
        } finally {
            asked.close();
        }
    }

    /** The processes that talk to the registry that never answers. */
    private static String asking() {
        return ProcessHandle.allProcesses()
                .map(one -> one.info().commandLine().orElse(""))
                .filter(line -> line.contains("skopeo") && line.contains(silent))
                .collect(Collectors.joining("\n"));
    }

    private int pull(String... arguments) {
        String[] words = new String[arguments.length + 2];
        words[0] = "pull";
        words[1] = "--tls-verify=false";
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        return postroj.run(words);
    }

    private static void program(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

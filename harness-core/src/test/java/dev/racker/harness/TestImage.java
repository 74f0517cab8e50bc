package dev.racker.harness;

import static dev.racker.harness.Eventually.eventuallyNothing;

import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.host.Host;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.Platform;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerContent;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import dev.racker.harness.store.TarExtractor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A store of its own with real Debian images in it, made without a network once their archives are there; tests get the
 * one of their process with {@code @ExtendWith(TestImage.Shared.class)} and a parameter.
 */
public final class TestImage implements AutoCloseable {

    /** The name of the image that boots. */
    public static final String DEBIAN = "debian:bookworm";

    private final StateDirectories directories;
    private final Residue residue;
    private final CommandRunner runner;
    private final Harness harness;

    private TestImage(StateDirectories directories) {
        this.directories = directories;
        this.residue = new Residue(directories);
        this.runner = new CommandRunner(residue::learn);
        this.harness = open(directories, runner);
    }

    /** Makes an empty store on a file system that can carry the upper directory of an overlay. */
    public static TestImage create() {
        String unique = "test-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path base = base().resolve(unique);
        return new TestImage(new StateDirectories(
                base.resolve("state"),
                base.resolve("cache"),
                Path.of("/run/postroj").resolve(unique)));
    }

    /** A directory on a file system that layers can be on: no overlay, not in memory. */
    public static Path base() {
        for (String candidate : List.of("/var/lib/postroj", "/var/lib", "/var/tmp", "/dev/shm")) {
            Path directory = Path.of(candidate);
            try {
                if (Files.isDirectory(directory)
                        && !Files.getFileStore(directory).type().equals("overlay")) {
                    return Path.of(candidate).resolve("tests");
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no directory of this machine is on a file system of its own");
    }

    /** Opens a harness on directories, as a program would. */
    public static Harness open(StateDirectories directories, CommandRunner runner) {
        return Harness.open(directories, runner, Host.local(), CuratedReleases::none);
    }

    /** The harness of this store. */
    public Harness harness() {
        return harness;
    }

    /** Where this store is. */
    public StateDirectories directories() {
        return directories;
    }

    /** The image that boots; unpacked when it is first asked for. */
    public StoredImage debian() {
        return harness.store().images().find(DEBIAN).orElseGet(() -> put(DEBIAN, Boot.NATIVE, List.of(bootable())));
    }

    /** The layer of the image that boots. */
    public LayerId bootable() {
        return unpacked(TestArchives.bootable());
    }

    /** The layer of a Debian without an init. */
    public LayerId bare() {
        return unpacked(TestArchives.bare());
    }

    /** The image that boots, with files laid over it: path to text; a text "-> x" makes a link to x. */
    public StoredImage changed(String name, Map<String, String> files) {
        return put(name, Boot.NATIVE, List.of(bootable(), layer(files)));
    }

    /** A layer of files: path to text, executable; a text "-> x" makes a link to x. */
    public LayerId layer(Map<String, String> files) {
        LayerId id = LayerId.ofRecipe("test\n" + files);
        harness.store().layers().ensure(id, directory -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = directory.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                if (file.getValue().startsWith("-> ")) {
                    Files.createSymbolicLink(path, Path.of(file.getValue().substring(3)));
                } else {
                    Files.writeString(path, file.getValue());
                }
            }
            runner.run(Command.of("chmod", "-R", "755", directory.toString()));
            String owner = Integer.toString(IdMapping.SHIFTED.hostStart());
            runner.run(Command.of("chown", "-Rh", owner + ":" + owner, directory.toString()));
        });
        return id;
    }

    /** Another release of Debian that boots, see {@link TestArchives#bootable(String)}. */
    public StoredImage debian(String suite) {
        return put("debian:" + suite, Boot.NATIVE, List.of(unpacked(TestArchives.bootable(suite))));
    }

    /** Records an image of layers that are there. */
    public StoredImage put(String name, Boot boot, List<LayerId> layers) {
        return put(harness, name, "debian", boot, layers);
    }

    /** Records an image of a family in any store. */
    static StoredImage put(Harness harness, String name, String family, Boot boot, List<LayerId> layers) {
        StoredImage image = new StoredImage(
                ImageReference.parse(name).toString(),
                name,
                Digest.parse("sha256:" + "0".repeat(64)),
                Instant.EPOCH,
                Instant.now(),
                0,
                layers,
                ImageConfig.empty(),
                "archive",
                Platform.host(),
                family,
                boot,
                null);
        harness.store().images().put(image);
        return image;
    }

    /** Boots a machine of an image without a network of its own. */
    public Container boot(StoredImage image) {
        return boot(image, ContainerOptions.defaults().on(NetworkMode.NONE));
    }

    /** Boots a machine of an image. */
    public Container boot(StoredImage image, ContainerOptions options) {
        return harness.launch(ImageReference.parse(DEBIAN), image, options);
    }

    /** Removes a container that does not run, by its name or id. */
    public void remove(String container) {
        harness.containers().remove(harness.containers().get(container), false);
    }

    private LayerId unpacked(Path archive) {
        return unpacked(harness, archive);
    }

    /** The layer of an archive in any store; unpacked when it is first asked for. */
    static LayerId unpacked(Harness harness, Path archive) {
        LayerId id = LayerId.ofRecipe("test archive " + archive.getFileName());
        LayerContent content = directory -> {
            TarExtractor extractor =
                    new TarExtractor(new CommandRunner()).content(TarExtractor.Content.ROOT_FILE_SYSTEM);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 17)) {
                extractor.extract(in, directory, IdMapping.SHIFTED);
            }
        };
        harness.store().layers().ensure(id, content);
        return id;
    }

    /** Tells of a command that another process has started in this store. */
    public void learn(String command) {
        residue.learn(command);
    }

    /** What this store and the machines made from it have left on this host, a line each; empty when it is clean. */
    public List<String> leftovers() {
        return residue.lines();
    }

    /** Removes the whole store. */
    @Override
    public void close() {
        try {
            eventuallyNothing(this::leftovers);
        } finally {
            remove();
        }
    }

    private void remove() {
        String state = directories.state().getParent().toString();
        runner.run(Command.of(
                "rm", "-rf", "--one-file-system", "--", state, directories.run().toString()));
        runner.run(Command.of("rmdir", "--ignore-fail-on-non-empty", "--")
                .with(base().toString(), directories.run().getParent().toString())
                .expectAny());
    }

    /** Text for a file of bytes. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Gives tests the store that all tests of this process share, and looks after each class for what it has left. */
    public static final class Shared implements ParameterResolver, AfterAllCallback {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestImage.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return store(context).getOrComputeIfAbsent(TestImage.class, key -> create(), TestImage.class);
        }

        @Override
        public void afterAll(ExtensionContext context) {
            TestImage image = store(context).get(TestImage.class, TestImage.class);
            // What a nested class works with may be its outer one's.
            if (image != null && context.getEnclosingTestClasses().isEmpty()) {
                eventuallyNothing(image::leftovers);
            }
        }

        private static ExtensionContext.Store store(ExtensionContext context) {
            return context.getRoot().getStore(ExtensionContext.Namespace.create(TestImage.class));
        }
    }
}

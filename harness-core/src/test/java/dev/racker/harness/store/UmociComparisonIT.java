package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.TestArchives;
import dev.racker.harness.TestImage;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our layers, seen through an overlay mount, are what umoci makes of the same image. */
class UmociComparisonIT {

    private final CommandRunner runner = new CommandRunner();
    private Path work;

    @BeforeEach
    void makeDirectory() throws IOException {
        // Not below /tmp, which may be a tmpfs: layers live on a disk.
        work = Files.createTempDirectory(Files.createDirectories(TestImage.base()), "racker-umoci-");
    }

    @AfterEach
    void removeDirectory() {
        runner.run(Command.of("rm", "-rf", "--", work.toString()));
        runner.run(Command.of(
                "rmdir", "--ignore-fail-on-non-empty", "--", TestImage.base().toString()));
    }

    @Test
    void layers_with_everything_in_them_are_merged_as_umoci_does() throws IOException {
        // umoci makes parents that no layer describes as the host's root's, outside the mapping, and of today.
        Set<String> undescribed = Set.of("implicit", "implicit/deep", "opaque/sub", "usr/share/doc");
        Map<String, String> expected = compare(List.of(base(), upper(), top()), path -> !undescribed.contains(path));
        assertTrue(expected.get("usr/bin/su").contains(" 4755 524288:524288 "), expected.get("usr/bin/su"));
        assertTrue(expected.get("etc/a").contains("links [etc/a, etc/b]"), expected.get("etc/a"));
        assertTrue(expected.get("dev/null").contains("device "), expected.get("dev/null"));
        assertTrue(expected.containsKey("usr/bin/through-link"));
        assertTrue(expected.containsKey("names/bad\u00ff\u00fe"));
        assertTrue(expected.containsKey("names/new\nline"));
        assertTrue(expected.get("names/new\nline").contains("xattrs"), expected.get("names/new\nline"));
        assertFalse(expected.containsKey("var/old/x"));
        assertFalse(expected.containsKey("etc/passwd"));
        assertFalse(expected.containsKey("opaque/one"));
        assertTrue(expected.containsKey("opaque/three"));
    }

    @Test
    void a_debian_in_two_layers_is_merged_as_umoci_does() throws IOException {
        Path tree = Files.createDirectory(work.resolve("debian"));
        // Without access lists: umoci leaves the ids in them unmapped, so that they mean nobody in the user namespace.
        runner.run(Command.of("tar", "-x", "--numeric-owner", "-C", tree.toString())
                .with("-f", TestArchives.bootable().toString()));
        byte[] lower = tar(tree, "--exclude=./usr/share", "--exclude=./usr/lib/x86_64-linux-gnu", ".");
        byte[] rest = tar(tree, "./usr/share", "./usr/lib/x86_64-linux-gnu");
        assertTrue(compare(List.of(lower, rest), path -> true).size() > 5000);
    }

    private byte[] tar(Path tree, String... more) {
        return runner.run(Command.of("tar", "-c", "--format=posix", "--pax-option=delete=atime,delete=ctime")
                        .with("--numeric-owner", "--xattrs", "--xattrs-include=*", "-C", tree.toString())
                        .with(more))
                .stdout();
    }

    /** Holds umoci's tree against ours; names that {@code metadata} does not accept are only compared as names. */
    private Map<String, String> compare(List<byte[]> layers, java.util.function.Predicate<String> metadata)
            throws IOException {
        long started = java.time.Instant.now().getEpochSecond();
        OciImageFixture.write(work.resolve("image"), layers);
        runner.run(Command.of("umoci", "unpack", "--uid-map", "0:524288:65536", "--gid-map", "0:524288:65536")
                .with(
                        "--image",
                        work.resolve("image") + ":latest",
                        work.resolve("bundle").toString()));
        Map<String, String> expected = normalised(work.resolve("bundle/rootfs"), metadata);
        Map<String, String> actual = merged(unpack(layers), metadata);
        for (Map.Entry<String, String> entry : expected.entrySet()) {
            String name = entry.getKey();
            assertTrue(actual.containsKey(name), () -> "missing: '" + name + "'");
            // umoci does not restore the time of a directory from which a whiteout has removed something.
            boolean touched = entry.getValue().startsWith("d") && timeOf(entry.getValue()) >= started;
            assertEquals(
                    touched ? untimed(entry.getValue()) : entry.getValue(),
                    touched ? untimed(actual.get(name)) : actual.get(name),
                    () -> "'" + name + "'");
            assertTrue(!touched || timeOf(actual.get(name)) < started, () -> "time of '" + name + "'");
        }
        assertEquals(expected.keySet(), actual.keySet());
        return expected;
    }

    private static long timeOf(String line) {
        String[] words = line.split(" ");
        return words.length < 4 ? 0 : Long.parseLong(words[3].substring(0, words[3].indexOf('.')));
    }

    private static String untimed(String line) {
        return line.replaceFirst(" [0-9]+[.][0-9]+", "");
    }

    private List<Path> unpack(List<byte[]> layers) {
        List<LayerDirectories.Layer> stack = new ArrayList<>();
        List<Path> topFirst = new ArrayList<>();
        try (LayerDirectories directories = LayerDirectories.start(runner, work)) {
            for (byte[] layer : layers) {
                Path tree = work.resolve("layer" + stack.size());
                UnpackedLayer unpacked = new TarExtractor(runner)
                        .extractMembers(new ByteArrayInputStream(layer), tree, IdMapping.SHIFTED);
                stack.add(new LayerDirectories.Layer(tree, unpacked, false));
                topFirst.add(0, tree);
            }
            directories.finish(stack);
        }
        return topFirst;
    }

    private Map<String, String> merged(List<Path> topFirst, java.util.function.Predicate<String> metadata)
            throws IOException {
        Path lower = Files.createDirectory(work.resolve("empty"));
        String stack = String.join(":", topFirst.stream().map(Path::toString).toList());
        Path mount = Files.createDirectory(work.resolve("merged"));
        // overlayfs wants two lower directories when there is no upper one.
        runner.run(Command.of("mount", "-t", "overlay", "overlay", "-o", "ro,lowerdir=" + stack + ":" + lower)
                .with(mount.toString()));
        try {
            return normalised(mount, metadata);
        } finally {
            runner.run(Command.of("umount", mount.toString()));
        }
    }

    /**
     * Takes out what has to differ: umoci leaves file capabilities as they are, version 2, which do not count in a user
     * namespace; ours are version 3 of the shifted root. Everything before and after version and root id is equal.
     */
    private Map<String, String> normalised(Path root, java.util.function.Predicate<String> metadata)
            throws IOException {
        Map<String, String> lines = new TreeMap<>();
        TreeSnapshot.of(runner, root).forEach((path, line) -> {
            String same = line.replaceAll(
                    "security.capability=0x(..)00000[23]([0-9a-f]{32})(00000800)?", "security.capability=$1 $2");
            lines.put(path, metadata.test(path) ? same : line.substring(0, 1));
        });
        return lines;
    }

    private static byte[] base() {
        LayerFixture layer = LayerFixture.rawLayer()
                .dir("./", 0755)
                .dir("usr", 0755)
                .dir("usr/bin", 0755)
                .file("usr/bin/su", 04755, "su")
                .symlink("bin", "usr/bin")
                .file("bin/through-link", "reached")
                .dir("usr/share", 0711)
                .dir("etc", 0755)
                .file("etc/passwd", "root")
                .file("etc/a", 0600, "linked")
                .hardLink("etc/b", "etc/a")
                .symlink("etc/absolute", "/etc/passwd")
                .symlink("etc/outside", "../../../../etc/passwd")
                .dir("dev", 0755)
                .device("dev/null", TarConstants.LF_CHR, 1, 3)
                .device("dev/sda", TarConstants.LF_BLK, 8, 0)
                .special("dev/pipe", TarConstants.LF_FIFO)
                .dir("tmp", 01777)
                .dir("var", 02775)
                .dir("var/old", 0755)
                .file("var/old/x", "x")
                .dir("var/again", 0755)
                .file("var/again/lower", "x")
                .dir("opaque", 0755)
                .file("opaque/one", "1")
                .dir("opaque/sub", 0755)
                .file("opaque/sub/two", "2");
        names(layer);
        return layer.owner(1000, 1001)
                .dir("home", 0700)
                .file("home/file", 02755, "mine")
                .symlink("home/link", "file")
                .owner(0, 0)
                .dir("becomes-file", 0755)
                .file("becomes-file/x", "x")
                .file("becomes-dir", "x")
                .symlink("becomes-real", "etc")
                .file("twice", "first")
                .file("twice", 0600, "second")
                .file("type", "file")
                .dir("type", 0750)
                .file("type/inside", "x")
                .dir("full", 0755)
                .dir("full/sub", 0755)
                .file("full/sub/inside", "x")
                .file("full", "now a file")
                .file("implicit/deep/file", "x")
                .bytes();
    }

    private static void names(LayerFixture layer) {
        layer.dir("names", 0755)
                .file("names/sp ace", "1")
                .file("names/quo'te\"`$(x)\\", "2")
                .pax("SCHILY.xattr.user.note", "odd")
                .file("names/new\nline", "3")
                .file("names/bad\u00ff\u00fe", "4")
                .symlink("names/link", "bad\u00ff\u00fe")
                .hardLink("names/second\u00ff", "names/bad\u00ff\u00fe")
                .file("names/-rf", "5")
                .file("names/" + "l".repeat(200), "6")
                .dir("names/" + "d".repeat(120), 0755)
                .file("names/" + "d".repeat(120) + "/" + "e".repeat(150), "7")
                .symlink("names/long", "t".repeat(300));
    }

    private static byte[] upper() {
        return LayerFixture.layer()
                .dir("etc", 0750)
                .file("etc/.wh.passwd", "")
                .file("etc/added", "new")
                .hardLink("etc/added2", "etc/added")
                .file(".wh.twice", "")
                .file("twice", "third")
                .dir("var", 0755)
                .file("var/.wh.old", "")
                .dir("var/again", 0700)
                .file("var/again/upper", "y")
                .file("var/.wh.again", "")
                .dir("opaque", 0711)
                .file("opaque/three", "3")
                .file("opaque/.wh..wh..opq", "")
                .file("becomes-file", "now a file")
                .dir("becomes-dir", 0755)
                .file("becomes-dir/x", "x")
                .dir("becomes-real", 0755)
                .file("becomes-real/y", "y")
                .file("usr/share/doc/readme", "a parent that the layer does not have")
                .file(".wh..wh.plnk", "")
                .file("home/.wh.file", "")
                .bytes();
    }

    private static byte[] top() {
        return LayerFixture.layer()
                .file("home/back", "again")
                .file("home/file", "again")
                .file("opaque/sub/four", "4")
                .file("etc/passwd2", "x")
                .file(".wh.tmp", "")
                .bytes();
    }
}

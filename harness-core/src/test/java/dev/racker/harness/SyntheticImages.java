package dev.racker.harness;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Bootable images of families that cannot be downloaded everywhere: the real dnf, zypper or pacman on a userland of
 * Debian, without apt and dpkg, with an os-release of the family, and with packages that the family's own tools built.
 *
 * <p>Other modules use it too: depend on harness-core with type {@code test-jar}, and then either
 *
 * <ul>
 *   <li>{@link #archive(Manager)}: the root file system as a tar archive, which the command line takes as an image; or
 *   <li>{@link #put(Harness, Manager)}: recorded in a store, by the name {@link Manager#image()}.
 * </ul>
 *
 * <p>{@link #file(Manager, String, String)} gives the packages for the host's side. They are, in all families:
 *
 * <ul>
 *   <li>{@code greeter} 1.0 and 2.0: a service greeter.service, enabled by nobody, that stays active; a configuration
 *       file /etc/greeter.conf; needs greeter-data. Version 1.0 is in the repository too.
 *   <li>{@code greeter-data} 1.0: in the repository only.
 *   <li>{@code versioned} 1.0 and 2.0: nothing in it; both in the repository (pacman's repositories hold the newest only).
 *   <li>{@code failing-pre}, {@code failing-post} 1.0: a script that fails before or after the files are in place.
 *   <li>{@code unmet} 1.0: needs no-such-thing >= 3. {@code rival} 1.0: conflicts with greeter. {@code clash} 1.0: brings
 *       /usr/bin/greeter, too.
 * </ul>
 *
 * <p>The repository is inside, so that no network is needed. An archive takes about 20 s to make on an idle machine and
 * is kept in harness-core's {@code target/test-images} until its recipe changes.
 */
public final class SyntheticImages {

    private static final List<String> SCRIPTS = List.of("common.sh", "rpm.sh", "dnf.sh", "zypper.sh", "pacman.sh");

    /** The package managers. */
    public enum Manager {
        /** Version 4, with os-release ID fedora. */
        DNF("fedora", "dnf,rpm,createrepo-c", "-1.noarch.rpm"),
        /** With os-release ID opensuse-leap. */
        ZYPPER("opensuse-leap", "zypper,rpm,createrepo-c", "-1.noarch.rpm"),
        /** With os-release ID arch. */
        PACMAN("arch", "pacman-package-manager,makepkg,zstd,file,fakeroot,libarchive-tools", "-1-any.pkg.tar.zst");

        private final String family;
        private final String packages;
        private final String ending;

        Manager(String family, String packages, String ending) {
            this.family = family;
            this.packages = packages;
            this.ending = ending;
        }

        /** The program's name. */
        public String program() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** The ID of the image's os-release. */
        public String family() {
            return family;
        }

        /** The name of the image in a store: {@code synthetic-dnf:1}. */
        public String image() {
            return "synthetic-" + program() + ":1";
        }
    }

    private SyntheticImages() {}

    /** The root file system as a tar archive; made when it is first asked for. */
    public static Path archive(Manager manager) {
        Path scripts = scripts();
        return TestArchives.archive(
                "synthetic-" + manager.program() + "-" + scripts.getFileName(),
                TestArchives.SUITE,
                List.of(
                        "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr",
                        "--include=" + TestArchives.BOOTABLE + ",usr-is-merged," + manager.packages,
                        "--customize-hook=sh " + scripts.resolve(manager.program() + ".sh") + " \"$1\""));
    }

    /** Records the image in a store, unpacked there when it is the first time, and gives its record. */
    public static StoredImage put(Harness harness, Manager manager) {
        return TestImage.put(
                harness,
                manager.image(),
                manager.family,
                Boot.NATIVE,
                List.of(TestImage.unpacked(harness, archive(manager))));
    }

    /** A package as a file of the host: {@code file(DNF, "greeter", "2.0")}. */
    public static Path file(Manager manager, String name, String version) {
        Path archive = archive(manager);
        Path directory = archive.resolveSibling(archive.getFileName().toString().replace(".tar", ".packages"));
        Path file = directory.resolve(name + "-" + version + manager.ending);
        if (!Files.exists(file)) {
            extract(archive, directory);
        }
        return file;
    }

    /** Several processes may do so at once; each puts the same bytes in place. */
    private static void extract(Path archive, Path directory) {
        try {
            Files.createDirectories(directory);
            new CommandRunner()
                    .run(Command.of(
                            "tar",
                            "--extract",
                            "--file=" + archive,
                            "--directory=" + directory,
                            "--strip-components=3",
                            "./srv/packages"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recipes as files, in a directory that is named by their content. */
    private static Path scripts() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String script : SCRIPTS) {
                digest.update(text(script).getBytes(StandardCharsets.UTF_8));
            }
            String hash = new BigInteger(1, digest.digest()).toString(16).substring(0, 8);
            Path directory = TestArchives.directory().resolve(hash);
            Files.createDirectories(directory);
            for (String script : SCRIPTS) {
                Path file = directory.resolve(script);
                if (!Files.exists(file)) {
                    Path unfinished = Files.createTempFile(directory, script, ".new");
                    Files.writeString(unfinished, text(script));
                    Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(String script) throws IOException {
        try (InputStream in = SyntheticImages.class.getResourceAsStream("synthetic/" + script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

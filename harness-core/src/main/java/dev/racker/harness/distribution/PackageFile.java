package dev.racker.harness.distribution;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Platform;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.Decompression;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the file of a package says about itself.
 *
 * @param file where it is on the host
 * @param format by its content, whatever its name
 * @param name as the package manager knows the package
 * @param version with epoch and release, as the package manager shows it: {@code 1:1.2-3}
 * @param architecture in the word of its format: {@code amd64}, {@code x86_64}; {@code all}, {@code noarch}, {@code any}
 */
public record PackageFile(Path file, PackageFormat format, String name, String version, String architecture) {

    private static final String REMEDY = "Build or download it again, and check that it is a package.";

    /**
     * Reads the metadata of a {@code .deb}, {@code .rpm} or {@code .pkg.tar} file, whose kind is told by its content.
     *
     * @throws InvalidPackageException when there is no such file, or it is no package, damaged, or cut short
     */
    public static PackageFile read(Path file) {
        if (!Files.exists(file)) {
            throw unreadable(file, "there is no such file", "Check the path.", null);
        }
        if (!Files.isRegularFile(file)) {
            String what = Files.isDirectory(file) ? "it is a directory" : "it is no regular file";
            throw unreadable(file, what, "Name the file of a package.", null);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            PackageFields fields = fields(in);
            return new PackageFile(file, fields.format(), fields.name(), fields.version(), fields.architecture());
        } catch (EOFException e) {
            throw unreadable(file, "it ends early", REMEDY, e);
        } catch (IOException e) {
            throw unreadable(file, "reading failed: " + e.getMessage(), null, e);
        } catch (InvalidPackageException e) {
            throw unreadable(file, e.getMessage(), REMEDY, e.getCause());
        } catch (HarnessException e) {
            throw unreadable(file, "it is damaged: " + e.getMessage(), e.hint().orElse(REMEDY), e);
        }
    }

    private static PackageFields fields(InputStream in) throws IOException {
        in.mark(16);
        byte[] magic = in.readNBytes(8);
        in.reset();
        if (magic.length == 0) {
            throw new InvalidPackageException("it is empty", REMEDY);
        }
        Decompression decompression = new Decompression(new CommandRunner());
        if (DebReader.isDeb(magic)) {
            return new DebReader(in, decompression).read();
        }
        if (RpmReader.isRpm(magic)) {
            return new RpmReader(in).read();
        }
        return AlpmReader.read(in, decompression);
    }

    /** Says whether it installs on machines of a family and platform. */
    public boolean fits(PackageFormat family, Platform platform) {
        return format == family && format.runsOn(architecture, platform);
    }

    /**
     * Checks that it installs on an image's machines, before anything boots.
     *
     * @param image the image's name, for the message
     * @throws InvalidPackageException when it is of another family or architecture
     */
    public void requireFit(PackageFormat family, Platform platform, String image) {
        String tried = "Tried to install " + file + " on " + image + ", but ";
        if (format != family) {
            throw new InvalidPackageException(
                    tried + "it is a " + format + ", and " + image + " installs packages of the kind " + family + ".",
                    "Choose images of the package's family, or the package of this image's family.");
        }
        if (!format.runsOn(architecture, platform)) {
            throw new InvalidPackageException(
                    tried + "it is built for " + architecture + ", and " + image + " is "
                            + format.architectures(platform).get(0) + ".",
                    "Take the package for " + format.architectures(platform).get(0) + ".");
        }
    }

    /** A name for a copy of it that every package manager takes, without anything that a shell or a URL would read. */
    String safeName() {
        String ending = format.ending(file.getFileName().toString());
        return (name + "_" + version + "_" + architecture).replaceAll("[^A-Za-z0-9+._-]", "_") + ending;
    }

    private static InvalidPackageException unreadable(Path file, String problem, String hint, Throwable cause) {
        return new InvalidPackageException("Tried to read the package " + file + ", but " + problem + ".", hint, cause);
    }
}

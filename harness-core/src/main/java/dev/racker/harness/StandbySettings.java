package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.store.AtomicFiles;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StorePaths;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is wanted of machines that wait, and why there are fewer, as files; what is wanted survives a reboot. */
final class StandbySettings {

    private static final String SUFFIX = ".json";

    private final StorePaths paths;

    StandbySettings(Store store) {
        this.paths = store.paths();
    }

    /** What is wanted of an image's machines; one look at the disk when that is nothing. */
    Optional<StandbySetting> find(String image) {
        return read(paths.standbySetting(image));
    }

    /** All of them, in the order of the images' names. */
    List<StandbySetting> list() {
        List<StandbySetting> settings = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.standbySettings(), "*" + SUFFIX)) {
            files.forEach(file -> read(file).ifPresent(settings::add));
        } catch (NoSuchFileException e) {
            return settings; // nothing was ever wanted
        } catch (IOException e) {
            throw failed(paths.standbySettings(), e);
        }
        settings.sort(Comparator.comparing(StandbySetting::image));
        return settings;
    }

    void save(StandbySetting setting) {
        AtomicFiles.write(paths.standbySetting(setting.image()), setting.toJson());
    }

    /** Says whether anything was wanted. */
    boolean remove(String image) {
        delete(paths.standbyProblem(image));
        return delete(paths.standbySetting(image));
    }

    /** Why there are fewer than wanted; empty when that is not known. */
    String problem(String image) {
        try {
            return Files.readString(paths.standbyProblem(image)).strip();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw failed(paths.standbyProblem(image), e);
        }
    }

    void problem(String image, HarnessException failure) {
        Path file = paths.standbyProblem(image);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, failure.getMessage() + "\n");
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    void noProblem(String image) {
        delete(paths.standbyProblem(image));
    }

    private static Optional<StandbySetting> read(Path file) {
        try {
            return Optional.of(StandbySetting.fromJson(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedJsonException | IOException e) {
            throw failed(file, e);
        }
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static HarnessException failed(Path file, Exception cause) {
        return new HarnessException(
                "Tried to read or write what is wanted of machines that wait, " + file + ", but: " + cause.getMessage()
                        + ".",
                "Remove it, and say anew what is wanted: racker standby set IMAGE N",
                cause);
    }
}

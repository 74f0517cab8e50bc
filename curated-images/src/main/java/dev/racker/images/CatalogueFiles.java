package dev.racker.images;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.RegistryReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that the catalogue is made of: those of the project, in its order, and those of the user, sorted. */
final class CatalogueFiles {

    static final List<String> PROJECT = List.of(
            "debian.json",
            "ubuntu.json",
            "kali.json",
            "linuxmint.json",
            "fedora.json",
            "centos.json",
            "rhel.json",
            "rockylinux.json",
            "almalinux.json",
            "oraclelinux.json",
            "amazonlinux.json",
            "openeuler.json",
            "opensuse.json",
            "sles.json",
            "archlinux.json",
            "manjaro.json");

    private final Path directory;

    CatalogueFiles(Path directory) {
        this.directory = directory;
    }

    /** The project's releases, by the file that names them. */
    Map<String, List<CuratedRelease>> project() {
        Map<String, List<CuratedRelease>> files = new LinkedHashMap<>();
        for (String file : PROJECT) {
            files.put(file, new CatalogueReader(file).read(resource(file)));
        }
        return files;
    }

    /** The user's releases, by the file that names them; none when there is no directory. */
    Map<String, List<CuratedRelease>> user() {
        Map<String, List<CuratedRelease>> files = new LinkedHashMap<>();
        for (Path file : paths()) {
            files.put(file.toString(), new CatalogueReader(file.toString()).read(content(file)));
        }
        return files;
    }

    /**
     * Says whether a file may have a release that stands for this reference; when not, none has. The project writes its
     * references in full, users write theirs as they like.
     */
    boolean mayName(RegistryReference reference) {
        if (!paths().isEmpty()) {
            return true;
        }
        String text = '"' + reference.toString() + '"';
        for (String file : PROJECT) {
            if (new String(resource(file), StandardCharsets.UTF_8).contains(text)) {
                return true;
            }
        }
        return false;
    }

    static byte[] resource(String file) {
        try (InputStream in = CatalogueFiles.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new HarnessException(
                        "Tried to read the catalogue file " + file + ", but the program comes without it.",
                        "Install the program again.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private List<Path> paths() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.json")) {
            entries.forEach(files::add);
        } catch (NoSuchFileException e) {
            return files;
        } catch (IOException e) {
            throw unreadable(directory.toString(), e);
        }
        Collections.sort(files);
        return files;
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static HarnessException unreadable(String file, IOException cause) {
        return new HarnessException(
                "Tried to read the catalogue file " + file + ", but it failed: " + reason(cause) + ".",
                "Check its permissions, or set " + Catalogue.DIRECTORY_VARIABLE + " to another directory.",
                cause);
    }

    /** The message of some of these exceptions is the path and nothing else. */
    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NotDirectoryException) {
            return "it is no directory";
        }
        if (cause instanceof NoSuchFileException) {
            return "it links to nothing";
        }
        return cause.getMessage();
    }
}
